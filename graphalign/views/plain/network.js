// The page of a pyvis Network that a user changed: vis-network draws it as it is, a list beside it tells it in words.
"use strict";
(() => {
  const MOST = 400;
  const byId = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
  const {nodes, edges, options} = JSON.parse(byId("data").textContent || "{}");
  const told = byId("told"), find = /** @type {HTMLInputElement} */ (byId("find"));
  const named = (/** @type {any} */ node) => String(node.label === undefined ? node.id : node.label);
  const at = new Map(nodes.map((/** @type {any} */ node) => [node.id, node]));
  const network = new vis.Network(byId("map"), {nodes: new vis.DataSet(nodes), edges: new vis.DataSet(edges)}, options);

  /** @param {string} tag @param {string} text @param {Element} [into] */
  function add(tag, text, into = told) {
    const made = document.createElement(tag);
    made.textContent = text;
    into.appendChild(made);
    return made;
  }

  /** A list of buttons that lead to nodes. @param {[any, string][]} some */
  function list(some) {
    const ul = add("ul", "");
    for (const [id, text] of some.slice(0, MOST)) {
      const button = /** @type {HTMLButtonElement} */ (add("button", text, add("li", "", ul)));
      button.type = "button";
      button.addEventListener("click", () => show(id));
    }
    if (some.length > MOST) add("p", `and ${some.length - MOST} more: find them by name`);
  }

  /** Tell one node, or all. @param {any} [id] */
  function show(id) {
    told.replaceChildren();
    const node = at.get(id);
    if (!node) {
      network.unselectAll();
      add("h2", `${nodes.length} nodes, ${edges.length} relationships`);
      list(nodes.map((/** @type {any} */ one) => [one.id, named(one)]));
      return;
    }
    network.selectNodes([id]);
    network.focus(id, {scale: Math.max(network.getScale(), 0.9), animation: false});
    add("h2", named(node));
    if (node.title) add("p", String(node.title));
    list(edges.filter((/** @type {any} */ edge) => edge.from === id || edge.to === id).map((/** @type {any} */ edge) => {
      const other = edge.from === id ? edge.to : edge.from;
      return [other, edge.title ? String(edge.title) : `${edge.from === id ? "to" : "from"} ${named(at.get(other) || {id: other})}`];
    }));
  }

  const names = byId("names");
  for (const node of nodes.slice(0, MOST)) names.appendChild(Object.assign(document.createElement("option"), {value: named(node)}));
  find.addEventListener("change", () => {
    const word = find.value.trim().toLowerCase();
    const found = nodes.find((/** @type {any} */ node) => named(node).toLowerCase() === word) || nodes.find((/** @type {any} */ node) => word && named(node).toLowerCase().includes(word));
    show(found ? found.id : undefined);
  });
  network.on("click", (/** @type {any} */ event) => show(event.nodes[0]));
  document.addEventListener("keydown", event => { if (event.key === "Escape") show(); });
  show();
})();
