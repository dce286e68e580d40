// Coasts and borders of the world, out of one file of the installation: no tiles, no other server.

const Atlas = (() => {
  // Degrees across, and as many downwards: Mercator, which keeps the shapes that people know.
  const FURTHEST = 83;

  const down = (latitude) => {
    const kept = Math.max(-FURTHEST, Math.min(FURTHEST, latitude));
    return (-Math.log(Math.tan(Math.PI / 4 + (kept * Math.PI) / 360)) * 180) / Math.PI;
  };

  // TopoJSON: arcs are lists of steps on a grid, shared by the outlines on both sides of a border.
  const decoded = ({ arcs, transform }) => {
    const [[across, up], [west, south]] = [transform.scale, transform.translate];
    return arcs.map((arc) => {
      let [x, y] = [0, 0];
      return arc.map(([dx, dy]) => {
        x += dx;
        y += dy;
        return [x * across + west, down(y * up + south)];
      });
    });
  };

  const follow = (path, points) => {
    points.forEach(([x, y], step) => (step ? path.lineTo(x, y) : path.moveTo(x, y)));
  };

  // A ring that crosses the date line goes on beyond it, instead of back around the whole world.
  const ring = (path, numbers, arcs) => {
    const points = [];
    let turn = 0;
    for (const number of numbers) {
      const arc = number < 0 ? arcs[~number].toReversed() : arcs[number];
      for (const [x, y] of points.length ? arc.slice(1) : arc) {
        const before = points.at(-1)?.[0] ?? x;
        if (x + turn - before > 180) turn -= 360;
        else if (x + turn - before < -180) turn += 360;
        points.push([x + turn, y]);
      }
    }
    follow(path, points);
    path.closePath();
  };

  const border = (path, arc) => {
    let from = 0;
    arc.forEach(([x], step) => {
      if (!step || Math.abs(x - arc[step - 1][0]) < 180) return;
      follow(path, arc.slice(from, step));
      from = step;
    });
    follow(path, arc.slice(from));
  };

  const outlines = (world) => {
    const arcs = decoded(world);
    const [land, borders] = [new Path2D(), new Path2D()];
    for (const { type, arcs: parts } of world.objects.countries.geometries) {
      const polygons = type === "Polygon" ? [parts] : type === "MultiPolygon" ? parts : [];
      for (const polygon of polygons) for (const numbers of polygon) ring(land, numbers, arcs);
    }
    for (const arc of arcs) border(borders, arc);
    return { land, borders };
  };

  const load = async (address) => outlines(await (await fetch(address)).json());

  return { down, load };
})();
