// Draws the places on a map of the world, which is part of the bundle.

import { geoGraticule10, geoNaturalEarth1, geoPath } from "d3-geo";
import { feature, mesh } from "topojson-client";
import world from "world-atlas/countries-110m.json";
import { canvas, data, events, size, zoomable } from "./drawing.js";

function draw(figure) {
  const places = data(figure).sort((a, b) => b.events - a.events);
  const [width, height] = size(figure, 0.54, 0.8);
  const projection = geoNaturalEarth1();
  const shown = { type: "MultiPoint", coordinates: places.map((place) => [place.lon, place.lat]) };
  const margin = width < 600 ? 24 : 60, box = [[margin, margin], [width - margin, height - margin]];
  if (places.length > 1) projection.fitExtent(box, shown);
  // never closer than a continent: a map without its surroundings says nothing
  if (places.length < 2 || projection.scale() > 420) {
    projection.scale(420).translate([width / 2, height / 2]);
    const centre = geoPath(projection).centroid(places.length ? shown : { type: "Sphere" });
    projection.translate([width - centre[0], height - centre[1]]);
  }
  const path = geoPath(projection);
  const svg = canvas(figure, width, height, "Map of places. Each place is a link to its page.");
  const stage = svg.append("g");
  const land = stage.append("g").attr("aria-hidden", "true");
  land.append("path").attr("class", "graticule").attr("d", path(geoGraticule10()));
  land.append("path").attr("class", "land").attr("d", path(feature(world, world.objects.countries)));
  land.append("path").attr("class", "border").attr("d", path(mesh(world, world.objects.countries, (a, b) => a !== b)));

  const radius = (place) => 3.5 + Math.sqrt(place.events) * 2;
  const links = stage.append("g").selectAll("a").data(places).join("a")
    .attr("href", (place) => place.href)
    .attr("class", (place) => `place ${place.stance}`)
    .attr("aria-label", (place) => `${place.name}: ${events(place.events)}, most of them ${place.stance.replace("-", " ")}`);
  links.append("circle").attr("r", radius);
  // names lie over all circles
  const labels = stage.append("g").attr("aria-hidden", "true").selectAll("g").data(places).join("g").attr("class", "label");
  labels.append("text").attr("y", (place) => -radius(place) - 3).text((place) => place.name);
  links.on("pointerenter focus", (_, place) => labels.classed("lit", (other) => other === place));
  links.on("pointerleave blur", () => labels.classed("lit", false));
  links.append("title").text((place) => `${place.name}: ${events(place.events)}`);

  let scale = 0;
  const put = (transform) => {
    stage.attr("transform", transform);
    if (transform.k === scale) return; // moved, not zoomed: sizes and labels stay
    scale = transform.k;
    stage.selectAll(".graticule, .border").attr("stroke-width", 0.6 / scale);
    for (const marks of [links, labels])
      marks.attr("transform", (place) => `translate(${projection([place.lon, place.lat])}) scale(${1 / scale})`);
    unclutter(labels, projection, scale, radius);
  };
  zoomable(figure, svg, width, height, put, 16);
  put({ k: 1, toString: () => "" });
}

// Hides the labels that would lie over one of a place with more events.
function unclutter(labels, projection, scale, radius) {
  const taken = [];
  labels.classed("unlabelled", (place) => {
    const [x, y] = projection([place.lon, place.lat]).map((value) => value * scale);
    const half = place.name.length * 3.3, top = y - radius(place) - 15, bottom = y - radius(place);
    const box = [x - half, top, x + half, bottom];
    const hidden = taken.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1]);
    if (!hidden) taken.push(box);
    return hidden;
  });
}

const figure = document.querySelector("[data-map]");
if (figure) draw(figure);
