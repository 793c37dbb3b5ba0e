// Draws the network of actors: a force layout, run to rest before it is shown so that nothing moves by itself.

import { drag } from "d3-drag";
import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from "d3-force";
import { canvas, data, events, size, zoomable } from "./drawing.js";

const TICKS = 300;
const SLICE = 30; // milliseconds: the page answers between two slices of the layout

async function draw(figure) {
  const { nodes, links } = data(figure);
  const [width, height] = size(figure, 0.62, 1.2);
  const radius = (node) => 4 + Math.sqrt(node.events) * 1.7;
  const simulation = forceSimulation(nodes)
    .force("link", forceLink(links).distance((link) => 70 + 60 / link.events).strength(0.25))
    .force("charge", forceManyBody().strength(-190).distanceMax(360))
    .force("x", forceX(0).strength(0.05))
    .force("y", forceY(0).strength(0.09))
    .force("collide", forceCollide((node) => radius(node) + 13))
    .stop();
  await settle(simulation);
  fit(nodes, width, height);

  const svg = canvas(figure, width, height, "Network of actors. Each actor is a link to its page.");
  const arrows = svg.append("defs").selectAll("marker").data([...new Set(links.map((link) => link.stance))]).join("marker")
    .attr("id", (stance) => `arrow-${stance}`).attr("viewBox", "0 0 8 8").attr("refX", 7).attr("refY", 4)
    .attr("markerWidth", 7).attr("markerHeight", 7).attr("markerUnits", "userSpaceOnUse").attr("orient", "auto");
  arrows.append("path").attr("d", "M0,0 8,4 0,8z").attr("class", (stance) => `head ${stance}`);
  const stage = svg.append("g");
  const lines = stage.append("g").attr("aria-hidden", "true").selectAll("path").data(links).join("path")
    .attr("class", (link) => `link ${link.stance} ${link.way}`)
    .attr("stroke-width", (link) => 1 + Math.log2(link.events))
    .attr("marker-end", (link) => (link.way === "on" ? `url(#arrow-${link.stance})` : null));
  lines.append("title").text((link) => `${link.source.name} ${link.way === "on" ? "acted on" : "with"} ${link.target.name}: ${events(link.events)}`);
  const actors = stage.append("g").selectAll("a").data(nodes).join("a")
    .attr("href", (node) => node.href).attr("class", "node")
    .attr("aria-label", (node) => `${node.name}, ${node.kind}: ${events(node.events)} with ${neighbours(node, links)} others`);
  actors.append("circle").attr("r", radius);
  actors.append("title").text((node) => `${node.name} (${node.kind}): ${events(node.events)}`);

  // names lie over all circles; the links carry them for those who cannot see
  const labels = stage.append("g").attr("aria-hidden", "true").selectAll("text").data(nodes).join("text")
    .attr("dy", (node) => radius(node) + 11).text((node) => shortened(node.name));

  const place = () => {
    lines.attr("d", (link) => path(link, radius));
    for (const marks of [actors, labels]) marks.attr("transform", (node) => `translate(${node.x},${node.y})`);
  };
  place();
  const highlight = (node, on) => {
    stage.classed("dimmed", on);
    lines.classed("lit", (link) => on && (link.source === node || link.target === node));
    const near = (other) => on && (other === node || links.some((l) =>
      (l.source === node && l.target === other) || (l.target === node && l.source === other)));
    actors.classed("lit", near);
    labels.classed("lit", near);
  };
  actors
    .on("pointerenter focus", (_, node) => highlight(node, true))
    .on("pointerleave blur", (_, node) => highlight(node, false))
    .call(drag().clickDistance(4).on("drag", (event, node) => {
      node.x = event.x;
      node.y = event.y;
      place();
    }));
  zoomable(figure, svg, width, height, (transform) => stage.attr("transform", transform), 6);
}

// Runs the layout to rest, in slices.
async function settle(simulation) {
  for (let left = TICKS; left > 0;) {
    for (const end = performance.now() + SLICE; left > 0 && performance.now() < end; left--) simulation.tick();
    await new Promise((resume) => setTimeout(resume));
  }
}

// Stretches the layout to the drawing, with room for names.
function fit(nodes, width, height) {
  const [left, right] = bounds(nodes.map((node) => node.x)), [top, bottom] = bounds(nodes.map((node) => node.y));
  const scale = Math.min((width - 130) / (right - left || 1), (height - 70) / (bottom - top || 1), 1.6);
  for (const node of nodes) {
    node.x = width / 2 + (node.x - (left + right) / 2) * scale;
    node.y = height / 2 - 6 + (node.y - (top + bottom) / 2) * scale;
  }
}

const bounds = (values) => [Math.min(...values), Math.max(...values)];
const neighbours = (node, links) =>
  new Set(links.flatMap((l) => (l.source === node ? [l.target] : l.target === node ? [l.source] : []))).size;
const shortened = (name) => (name.length > 24 ? `${name.slice(0, 22).trimEnd()}…` : name);

// A slight bow keeps the two directions between two actors apart.
function path({ source, target, way }, radius) {
  const dx = target.x - source.x, dy = target.y - source.y, length = Math.hypot(dx, dy) || 1;
  const end = way === "on" ? radius(target) + 2 : 0;
  const x = target.x - (dx / length) * end, y = target.y - (dy / length) * end;
  const bow = way === "on" ? 0.12 : 0;
  return `M${source.x},${source.y}Q${(source.x + x) / 2 - dy * bow},${(source.y + y) / 2 + dx * bow} ${x},${y}`;
}

const figure = document.querySelector("[data-network]");
if (figure) draw(figure);
