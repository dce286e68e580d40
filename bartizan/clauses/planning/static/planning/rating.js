// The workspace: a line that was refused is shown with its reason, a stored one leads to the next.

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (![409, 422].includes(detail.xhr.status) || !detail.target.matches("tbody.rate")) return;
  detail.shouldSwap = true;
  detail.isError = false;
});

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  const line = document.getElementById(detail.target.id);
  if (!line?.matches("tbody.rate")) return;
  const next = line.querySelector(".problem") ? line : line.nextElementSibling;
  const box = next?.querySelector("input.rating");
  box?.focus();
  box?.select();
});
