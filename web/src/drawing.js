// What network and map share: an SVG that can be zoomed and moved by mouse, touch and keyboard.

import { select } from "d3-selection";
import { zoom, zoomIdentity } from "d3-zoom";

const STEP = 60;

// Width and height in CSS pixels, so that names keep their size on a phone, where the drawing may be taller.
export function size(figure, ratio, narrow) {
  const width = Math.max(320, Math.round(figure.clientWidth));
  return [width, Math.round(width * (width < 600 ? narrow : ratio))];
}

export function canvas(figure, width, height, label) {
  const svg = select(figure)
    .insert("svg", "script")
    .attr("viewBox", `0 0 ${width} ${height}`)
    .attr("role", "group")
    .attr("aria-label", label);
  return svg;
}

// `moved` is called with the transform after every change. Buttons stand below the drawing.
export function zoomable(figure, svg, width, height, moved, largest = 12) {
  const behaviour = zoom()
    .scaleExtent([0.5, largest])
    .translateExtent([[-width, -height], [2 * width, 2 * height]])
    .filter((event) => !event.button && (event.type !== "wheel" || event.ctrlKey || event.metaKey || figure.matches(":focus-within")))
    .on("zoom", (event) => moved(event.transform));
  svg.call(behaviour);
  const by = (factor) => svg.call(behaviour.scaleBy, factor);
  const shift = (x, y) => svg.call(behaviour.translateBy, x, y);
  const actions = {
    "+": () => by(1.4), "=": () => by(1.4), "-": () => by(1 / 1.4), 0: () => svg.call(behaviour.transform, zoomIdentity),
    ArrowLeft: () => shift(STEP, 0), ArrowRight: () => shift(-STEP, 0), ArrowUp: () => shift(0, STEP), ArrowDown: () => shift(0, -STEP),
  };
  svg.on("keydown", (event) => {
    const action = actions[event.key];
    if (!action || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    action();
  });
  const bar = document.createElement("div");
  bar.className = "zoom";
  for (const [key, sign, label] of [["+", "+", "Zoom in"], ["-", "−", "Zoom out"], ["0", "⤢", "Show all"]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = sign;
    button.ariaLabel = label;
    button.title = label;
    button.addEventListener("click", actions[key]);
    bar.append(button);
  }
  svg.node().after(bar);
  return behaviour;
}

export const data = (figure) => JSON.parse(figure.querySelector("script.data").textContent);
export const events = (n) => `${n} event${n === 1 ? "" : "s"}`;
