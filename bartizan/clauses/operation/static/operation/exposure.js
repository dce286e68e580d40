// The budget slider of an exposure analysis, and its drawings as pictures to keep.

const frontier = document.querySelector("[data-frontier]");

if (frontier) {
  const sets = JSON.parse(document.getElementById("sets").textContent);
  const slider = document.getElementById("budget");
  const points = frontier.querySelectorAll(".point");
  const say = (id, words) => (document.getElementById(id).textContent = words);
  const order = document.getElementById("order");

  const show = () => {
    const chosen = sets[slider.value];
    slider.setAttribute("aria-valuetext", chosen.cost);
    say("spend", chosen.cost);
    say("left", chosen.mean);
    say("saved", chosen.saved);
    say("tail", chosen.tail);
    say("staff", chosen.staff);
    document.getElementById("chosen-curve").setAttribute("d", slider.value > 0 ? chosen.line : "");
    points.forEach((point, place) => point.classList.toggle("is-chosen", place === +slider.value));
    order.replaceChildren(
      ...(chosen.names.length ? chosen.names : [null]).map((one) => {
        const line = document.createElement("li");
        if (!one) line.textContent = order.dataset.nothing;
        else {
          const link = document.createElement("a");
          link.href = `/treatment-plans/${one.number}/`;
          link.textContent = one.number;
          line.append(link, ` ${one.title}`);
        }
        return line;
      }),
    );
  };

  slider.addEventListener("input", show);
  show();
}

// -- a drawing as a PNG: its shapes with the colours they have on the page, on the page's ground ----

const LOOKS = ["fill", "stroke", "stroke-width", "stroke-dasharray", "opacity", "font-size", "font-family"];

const picture = async (drawing, name) => {
  const copy = drawing.cloneNode(true);
  const shapes = [...drawing.querySelectorAll("*")];
  [...copy.querySelectorAll("*")].forEach((shape, place) => {
    const look = getComputedStyle(shapes[place]);
    for (const one of LOOKS) shape.setAttribute(one, look.getPropertyValue(one));
  });
  const { width, height } = drawing.viewBox.baseVal;
  copy.setAttribute("width", width * 2);
  copy.setAttribute("height", height * 2);
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width * 2, height * 2];
  const pen = canvas.getContext("2d");
  pen.fillStyle = getComputedStyle(document.querySelector(".sheet")).backgroundColor;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(image, 0, 0);
  const link = document.createElement("a");
  link.download = `${name}.png`;
  link.href = canvas.toDataURL("image/png");
  link.click();
};

for (const button of document.querySelectorAll("[data-picture]")) {
  const drawing = button.closest("section").querySelector("svg.chart");
  if (!drawing) continue;
  button.hidden = false;
  button.addEventListener("click", () => picture(drawing, button.dataset.picture));
}
