"use strict";
(() => {
  // --- Data: tables whose rows refer to each other, as PageData.swift writes them. Texts become text nodes, never markup. ---

  const data = JSON.parse(document.getElementById("data").textContent);
  const { kinds, colors, tones, signs, roles, rules, ties, texts } = data;
  const outlets = [...new Set(data.articles.map((row) => row[2]).filter(Boolean))].sort();
  const articles = data.articles.map(([name, title, outlet, agency, published, witness, url], row) =>
    ({ row, name, title, outlet, agency, published, witness, url, texts: [] }));
  texts.forEach((text, row) => { if (text[0] >= 0) articles[text[0]].texts.push(row); });
  const piece = (row) => {
    const at = row * 5;
    const [text, start, length, rule, confidence] = data.pieces.slice(at, at + 5);
    return { row, text, start, end: start + length, rule: rules[rule], confidence: confidence / 1000 };
  };
  const articleOf = (row) => texts[data.pieces[row * 5]][0];
  const items = data.items.map(([id, kind, title, date, modality, tone, cue, form, sources, who, by, pieces, against], row) =>
    ({ row, id, kind, title, date, modality, tone, cue, form, sources, who, by, pieces, against }));
  const nodes = data.nodes.map(([id, label, kind, x, y, r, community, count, others, aliases, pieces], row) =>
    ({ row, id, label, kind, x, y, r: r / 10, community, articles: count, others, aliases: aliases || [], pieces: pieces || [], pairs: [], items: [] }));
  const drawn = nodes.filter((node) => node.x !== undefined);
  items.forEach((item) => {
    for (let at = 0; at < item.who.length; at += 2) nodes[item.who[at + 1]].items.push(item);
  });
  const edges = data.edges.map(([a, b, tie, tone, modality, via, pieces], row) =>
    ({ row, a: nodes[a], b: nodes[b], tie: ties[tie], tone, modality, items: via, pieces, articles: [...new Set(pieces.map(articleOf))].filter((at) => at >= 0) }));
  const pairs = new Map();
  edges.forEach((edge) => {
    const key = Math.min(edge.a.row, edge.b.row) * nodes.length + Math.max(edge.a.row, edge.b.row);
    if (!pairs.has(key)) {
      const pair = { a: edge.a, b: edge.b, edges: [], shown: [] };
      pairs.set(key, pair);
      edge.a.pairs.push(pair);
      edge.b.pairs.push(pair);
    }
    pairs.get(key).edges.push(edge);
  });
  const TONE = Object.fromEntries(tones.map((name, at) => [name, at]));
  const name = (node) => node.others ? `${node.label} and ${node.others} others` : node.label;
  const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  drawn.forEach((node) => { node.folded = [node.label, ...node.aliases].map(folded).join("\n"); });

  // --- Elements ---

  const find = (id) => document.getElementById(id);
  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [key, value] of Object.entries(attributes)) {
      if (typeof value === "function") element.addEventListener(key, value);
      else if (value !== undefined && value !== null && value !== false) element.setAttribute(key, value);
    }
    element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
    return element;
  };
  const button = (text, action, attributes = {}) => make("button", { type: "button", click: action, ...attributes }, text);
  const count = (number, one, many = one + "s") => `${number} ${number === 1 ? one : many}`;
  const months = "January February March April May June July August September October November December".split(" ");
  const day = (iso) => {
    if (!iso) return "";
    const [year, month, date] = iso.split("-").map(Number);
    return [date, month && months[month - 1], year].filter(Boolean).join(" ");
  };

  // --- Evidence: a panel in which one view follows another ---

  const panel = find("panel");
  let views = [];
  let opener = null;
  const render = () => {
    const view = views[views.length - 1];
    find("panel-title").textContent = view.title;
    find("panel-body").replaceChildren(...view.body());
    find("panel-back").hidden = views.length < 2;
    panel.scrollTop = 0;
    view.after?.();
  };
  const open = (title, body, after) => {
    if (!panel.open) views = [];
    views.push({ title, body, after });
    if (!panel.open) {
      opener = document.activeElement;
      panel.showModal();
    }
    render();
    find("panel-title").focus({ preventScroll: true });
  };
  find("panel-back").addEventListener("click", () => {
    if (views.length < 2) return;
    views.pop();
    render();
    find("panel-title").focus();
  });
  find("panel-close").addEventListener("click", () => panel.close());
  panel.addEventListener("click", (event) => { if (event.target === panel) panel.close(); });
  panel.addEventListener("close", () => { if (!panel.open) { find("panel-body").replaceChildren(); opener?.focus?.(); } });

  /** The sentences around some words, from the table of sentence bounds. */
  const passage = ({ text, start, end }) => {
    const bounds = texts[text][3];
    let low = 0, high = bounds.length / 2 - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (bounds[2 * middle] <= start) low = middle; else high = middle - 1;
    }
    let last = low;
    while (2 * last + 2 < bounds.length && bounds[2 * last + 2] < end) last += 1;
    const from = bounds.length ? Math.min(bounds[2 * low], start) : start;
    const to = bounds.length ? Math.max(bounds[2 * last + 1], end) : end;
    return [Math.max(from, start - 1500), Math.min(to, end + 1500), from, to];
  };
  const quote = (row) => {
    const found = piece(row);
    const whole = texts[found.text][2];
    const [from, to, first, last] = passage(found);
    const article = articles[texts[found.text][0]];
    const where = article ? [article.outlet, day(article.published)].filter(Boolean).join(", ") : "";
    return make("blockquote", {},
      make("p", {}, from > first ? "… " : "", whole.slice(from, found.start), make("mark", {}, whole.slice(found.start, Math.min(found.end, found.start + 4000)), found.end > found.start + 4000 ? " …" : ""), whole.slice(found.end, to), to < last ? " …" : ""),
      make("footer", {},
        article ? button(article.title, () => openArticle(article, found)) : "", where ? ` — ${where}` : "",
        texts[found.text][1] ? " (metadata)" : "",
        make("div", { class: "rule" }, `rule ${found.rule}, confidence ${found.confidence.toFixed(2)}`)));
  };
  const quotes = (rows) => {
    const [first, rest] = [rows.slice(0, 6), rows.slice(6)];
    const list = first.map(quote);
    if (rest.length) {
      const more = button(`${count(rest.length, "more passage")}`, () => more.replaceWith(...rest.map(quote)));
      list.push(more);
    }
    return list;
  };
  const facts = (rows) => make("dl", { class: "facts" }, ...rows.filter(([, value]) => value).flatMap(([term, value]) =>
    [make("dt", {}, term), make("dd", {}, value)]));
  const roleNames = { actor: "who", recipient: "to whom", "co-actor": "with", at: "at", said: "speaker", about: "about", holds: "holder", toward: "toward" };
  const itemFacts = (item) => {
    const who = {};
    for (let at = 0; at < item.who.length; at += 2) (who[roles[item.who[at]]] ??= []).push(nodes[item.who[at + 1]].label);
    return facts([
      ["what", ["event", "stance", "statement"][item.kind]],
      ["polarity", item.kind === 1 && `${signs[item.tone]} ${tones[item.tone]}`],
      ["told as", item.kind === 0 && (item.modality || "fact")],
      ["when", item.kind === 0 && (day(item.date) || "not told")],
      ...roles.map((role) => [roleNames[role], who[role]?.join(", ")]),
      ["according to", item.by.map((row) => nodes[row].label).join(", ")],
      ["cue", item.cue && `“${item.cue}”`], ["form", item.form],
      ["sources", count(item.sources, "independent source")],
    ]);
  };
  const itemView = (item, heading) => make("section", {},
    heading ? make("h3", {}, item.title) : "", itemFacts(item),
    ...item.against.map((row) => make("p", {}, "Contradicted by: ", button(items[row].title, () => openItems([row])))),
    ...quotes(item.pieces));
  const openItems = (rows) => {
    if (!rows.length) return;
    const title = rows.length === 1 ? items[rows[0]].title : count(rows.length, "account");
    open(title, () => rows.map((row) => itemView(items[row], rows.length > 1)));
  };
  const tieText = (edge) => edge.tie + (edge.modality ? ` (${edge.modality})` : "");
  const openEdges = (list) => {
    const [first] = list;
    const title = list.length === 1 ? `${name(first.a)} — ${tieText(first)} → ${name(first.b)}` : `${name(first.a)} and ${name(first.b)}`;
    open(title, () => list.flatMap((edge) => [
      list.length > 1 ? make("h3", {}, `${name(edge.a)} — ${tieText(edge)} → ${name(edge.b)}`) : null,
      ...(edge.items.length ? edge.items.map((row) => itemView(items[row], true)) : quotes(edge.pieces)),
    ].filter(Boolean)));
  };

  // --- An article with all that was read from it ---

  const layerNames = { mention: "names", event: "events", stance: "stances", statement: "statements" };
  let owners = null;
  const ownersOf = (row) => {
    if (!owners) {
      owners = new Map();
      const add = (pieces, layer, text, action) => pieces.forEach((at) => {
        if (!owners.has(at)) owners.set(at, []);
        owners.get(at).push({ layer, text, action });
      });
      items.forEach((item) => add(item.pieces, ["event", "stance", "statement"][item.kind], item.title, () => openItems([item.row])));
      drawn.forEach((node) => add(node.pieces, "mention", node.label, () => { panel.close(); select(node); }));
    }
    return owners.get(row) || [];
  };
  let byText = null;
  const piecesOf = (text) => {
    if (!byText) {
      byText = texts.map(() => []);
      for (let row = 0; row * 5 < data.pieces.length; row += 1) byText[data.pieces[row * 5]].push(row);
    }
    return byText[text];
  };
  const openArticle = (article, chosen) => {
    const hidden = new Set(chosen ? ["mention"] : []);
    const body = () => {
      const view = make("div", {});
      const fill = () => view.replaceChildren(...article.texts.flatMap((row) => [
        texts[row][1] ? make("h3", {}, "What came with the article") : null,
        marked(row, hidden, chosen)].filter(Boolean)));
      fill();
      return [
        facts([["outlet", article.outlet], ["agency", article.agency], ["published", day(article.published)], ["vouched for by", article.witness], ["address", article.url], ["name", article.name]]),
        data.whole ? null : make("p", { class: "note" }, "Only the passages that are evidence: the texts of all articles are too long for one page."),
        make("div", { class: "layers article", role: "group", "aria-label": "What is marked" }, ...Object.entries(layerNames).map(([layer, label]) =>
          make("label", {}, make("input", { type: "checkbox", checked: hidden.has(layer) ? null : "", change: (event) => {
            if (event.target.checked) hidden.delete(layer); else hidden.add(layer);
            fill();
          } }), " ", make("mark", { class: layer === "mention" ? "name" : layer }, label)))),
        article.texts.length ? view : make("p", { class: "note" }, "Nothing in this article is evidence of anything shown here."),
      ].filter(Boolean);
    };
    open(article.title, body, () => panel.querySelector("mark.chosen")?.scrollIntoView({ block: "center" }));
  };
  /** A text cut where evidence begins or ends; each part that is evidence opens what it is evidence of. */
  const marked = (text, hidden, chosen) => {
    const whole = texts[text][2];
    const shown = piecesOf(text).map((row) => ({ row, ...piece(row), owners: ownersOf(row).filter((owner) => !hidden.has(owner.layer)) })).filter((found) => found.owners.length);
    const changes = new Map();
    const at = (place) => { if (!changes.has(place)) changes.set(place, [[], []]); return changes.get(place); };
    shown.forEach((found) => { at(found.start)[0].push(found); at(found.end)[1].push(found); });
    const view = make("div", { class: "article", dir: "auto" });
    const active = new Set();
    let last = 0;
    const put = (end) => {
      if (end === last) return;
      const part = whole.slice(last, end);
      last = end;
      if (!active.size) { view.append(part); return; }
      const found = [...active];
      const owned = [...new Map(found.flatMap((one) => one.owners).map((owner) => [owner.layer + owner.text, owner])).values()];
      const label = owned.map((owner) => owner.text).join("\n");
      const show = () => owned.length === 1 ? owned[0].action() : open("What these words say", () => [make("ul", { class: "plain" }, ...owned.map((owner) =>
        make("li", {}, `${owner.layer}: `, button(owner.text, owner.action))))]);
      view.append(make("mark", {
        class: [["event", "stance", "statement"].find((layer) => owned.some((owner) => owner.layer === layer)) ?? "name", chosen && found.some((one) => one.row === chosen.row) ? "chosen" : ""].join(" ").trim() || null,
        tabindex: "0", role: "button", title: label, click: show, keydown: (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); show(); } },
      }, part));
    };
    for (const place of [...changes.keys()].sort((a, b) => a - b)) {
      put(place);
      changes.get(place)[1].forEach((found) => active.delete(found));
      changes.get(place)[0].forEach((found) => active.add(found));
    }
    put(whole.length);
    return view;
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-items], [data-article], [data-edge], [data-node]");
    if (!link) return;
    event.preventDefault();
    const { items: rows, article, edge, node } = link.dataset;
    if (rows !== undefined) openItems(rows.split(" ").filter(Boolean).map(Number));
    else if (article !== undefined) openArticle(articles[article]);
    else if (edge !== undefined) openEdges([edges[edge]]);
    else {
      find("network").scrollIntoView();
      select(nodes[node]);
    }
  });

  // --- The network: what is shown ---

  const filters = document.querySelector(".filters");
  const shownKinds = new Set();
  let shownPairs = [];
  let shownNodes = [];
  let selected = null;
  let path = null;
  /** The tone of ties between two nodes: stances say more than events, and these more than mere mention. */
  const toneOf = (list) => {
    const seen = new Set(list.map((edge) => edge.tone));
    const stances = [TONE.support, TONE.oppose, TONE.conditional].filter((tone) => seen.has(tone));
    if (stances.length > 1) return TONE.mixed;
    return [...stances, TONE.event, TONE.structure, TONE.neutral, TONE.mention].find((tone) => seen.has(tone)) ?? TONE.mention;
  };
  const filter = () => {
    const { since, until, outlet, minimum } = filters.elements;
    const least = Math.max(1, Number(minimum.value) || 1);
    const admitted = articles.map((article) => (!outlet.value || article.outlet === outlet.value)
      && (!since.value || (article.published && article.published >= since.value)) && (!until.value || (article.published && article.published <= until.value)));
    const isFiltered = least > 1 || admitted.includes(false);
    nodes.forEach((node) => { node.degree = 0; });
    shownPairs = [];
    let total = 0;
    for (const pair of pairs.values()) {
      pair.shown = shownKinds.has(pair.a.kind) && shownKinds.has(pair.b.kind) ? pair.edges.filter((edge) => {
        if (!isFiltered) return true;
        const told = edge.articles.filter((row) => admitted[row]);
        return told.length > 0 && (least === 1 || new Set(told.map((row) => articles[row].witness)).size >= least);
      }) : [];
      if (!pair.shown.length) continue;
      pair.tone = toneOf(pair.shown);
      pair.isFact = pair.shown.some((edge) => !edge.modality);
      pair.weight = new Set(pair.shown.flatMap((edge) => edge.articles)).size;
      pair.a.degree += 1;
      pair.b.degree += 1;
      total += pair.shown.length;
      shownPairs.push(pair);
    }
    shownPairs.sort((a, b) => a.weight - b.weight);
    shownNodes = drawn.filter((node) => node.degree > 0).sort((a, b) => b.articles - a.articles || b.degree - a.degree || a.row - b.row);
    find("network-status").textContent = `${count(shownNodes.length, "node")} of ${drawn.length} and ${count(total, "tie")} of ${edges.length} are shown.`;
    index();
    list();
    draw();
  };

  // --- Shapes and colours ---

  const shapes = {
    circle: "M1 0A1 1 0 1 1 -1 0A1 1 0 1 1 1 0Z", square: "M-.88 -.88H.88V.88H-.88Z", diamond: "M0 -1.2L1.2 0L0 1.2L-1.2 0Z",
    pentagon: "M0 -1.1L1.05 -.34L.65 .9L-.65 .9L-1.05 -.34Z", up: "M0 -1.2L1.15 .8L-1.15 .8Z", down: "M0 1.2L-1.15 -.8L1.15 -.8Z", hexagon: "M-1.05 0L-.53 -.92L.53 -.92L1.05 0L.53 .92L-.53 .92Z",
  };
  const shapeOf = (kind) => ({ person: "circle", author: "circle", government: "diamond", group: "pentagon", country: "up", city: "down", region: "down", facility: "down", place: "down", issue: "hexagon" })[kinds[kind]] || "square";
  const outlines = Object.fromEntries(Object.entries(shapes).map(([key, outline]) => [key, new Path2D(outline)]));
  const icon = (shape, fill) => {
    const namespace = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(namespace, "svg");
    svg.setAttribute("viewBox", "-1.4 -1.4 2.8 2.8");
    svg.setAttribute("class", "shape");
    svg.setAttribute("aria-hidden", "true");
    const outline = document.createElementNS(namespace, "path");
    outline.setAttribute("d", shapes[shape]);
    outline.style.fill = fill;
    svg.append(outline);
    return svg;
  };
  const lastColour = 8;
  let theme = {};
  /** What the style sheet says of colours and letters at present: light, dark or for paper. */
  const readTheme = () => {
    const style = getComputedStyle(document.documentElement);
    const variable = (key) => style.getPropertyValue(key).trim();
    theme = {
      lines: tones.map((tone) => variable(`--${tone}-line`)), marks: Array.from({ length: lastColour + 1 }, (_, at) => variable(`--c${at}`)),
      ink: variable("--ink"), paper: variable("--raised"), letters: getComputedStyle(document.body).fontFamily,
    };
  };
  const colourOf = (node) => filters.elements.colour.value === "kind" ? colors[node.kind] : `var(--c${Math.min(node.community, lastColour)})`;

  // --- The canvas ---

  const canvas = find("canvas");
  const context = canvas.getContext("2d");
  const view = { scale: 1, x: 0, y: 0 };
  let hovered = null;
  let isMoving = false;
  let isFitted = false;
  let frame = 0;
  let grid = new Map();
  const field = 80;
  const index = () => {
    grid = new Map();
    shownNodes.forEach((node) => {
      const key = `${Math.floor(node.x / field)} ${Math.floor(node.y / field)}`;
      if (!grid.has(key)) grid.set(key, []);
      grid.get(key).push(node);
    });
  };
  const screen = (node) => [node.x * view.scale + view.x, node.y * view.scale + view.y];
  /** Marks shrink with the picture, but not as fast, so that they can be seen and hit. */
  const radius = (node) => node.r * Math.min(1.6, Math.max(view.scale, Math.min(.45, Math.sqrt(view.scale) * .6)));
  const fit = () => {
    const some = shownNodes.length ? shownNodes : drawn;
    if (!some.length) return;
    let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
    some.forEach((node) => {
      [left, right] = [Math.min(left, node.x - 40), Math.max(right, node.x + 40)];
      [top, bottom] = [Math.min(top, node.y - 30), Math.max(bottom, node.y + 30)];
    });
    view.scale = Math.min(canvas.clientWidth / (right - left), canvas.clientHeight / (bottom - top), 2);
    view.x = canvas.clientWidth / 2 - view.scale * (left + right) / 2;
    view.y = canvas.clientHeight / 2 - view.scale * (top + bottom) / 2;
    isFitted = true;
    draw();
  };
  const draw = () => { if (!frame) frame = requestAnimationFrame(paint); };
  const paint = () => {
    frame = 0;
    const started = performance.now();
    const ratio = window.devicePixelRatio || 1;
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    const focus = path ? path.nodes : selected ? new Set([selected, ...selected.pairs.filter((pair) => pair.shown.length).flatMap((pair) => [pair.a, pair.b])]) : null;
    const isNear = (pair) => path ? path.pairs.has(pair) : !selected || pair.a === selected || pair.b === selected;
    // While the picture moves only the strongest ties are drawn.
    const most = isMoving ? 3000 : Infinity;
    const first = Math.max(0, shownPairs.length - most);
    const faint = Math.max(.1, Math.min(.8, 14 / Math.sqrt(shownPairs.length + 1)));
    const groups = new Map();
    for (let at = first; at < shownPairs.length; at += 1) {
      const pair = shownPairs[at];
      const [ax, ay] = screen(pair.a), [bx, by] = screen(pair.b);
      if (Math.max(ax, bx) < 0 || Math.min(ax, bx) > width || Math.max(ay, by) < 0 || Math.min(ay, by) > height) continue;
      const near = isNear(pair);
      const key = `${near ? 1 : 0} ${pair.tone} ${Math.min(4, 1 + Math.floor(Math.log2(pair.weight || 1)))} ${pair.isFact ? 1 : 0}`;
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(ax, ay, bx, by);
    }
    [...groups.keys()].sort().forEach((key) => {
      const [near, tone, thick, isFact] = key.split(" ").map(Number);
      context.globalAlpha = focus ? (near ? .95 : .07) : tone === TONE.mention ? faint * .7 : faint;
      context.strokeStyle = theme.lines[tone];
      context.lineWidth = (.6 + .55 * thick) * Math.min(1.5, Math.max(.6, view.scale));
      context.setLineDash(isFact ? [] : [4, 3]);
      context.beginPath();
      const lines = groups.get(key);
      for (let at = 0; at < lines.length; at += 4) {
        context.moveTo(lines[at], lines[at + 1]);
        context.lineTo(lines[at + 2], lines[at + 3]);
      }
      context.stroke();
    });
    context.setLineDash([]);
    const byKind = filters.elements.colour.value === "kind";
    const { ink, paper } = theme;
    for (let at = shownNodes.length - 1; at >= 0; at -= 1) {
      const node = shownNodes[at];
      const [x, y] = screen(node);
      const r = radius(node);
      if (x < -r || y < -r || x > width + r || y > height + r) continue;
      context.globalAlpha = !focus || focus.has(node) ? 1 : .15;
      context.setTransform(ratio * r, 0, 0, ratio * r, ratio * x, ratio * y);
      context.fillStyle = byKind ? colors[node.kind] : theme.marks[Math.min(node.community, lastColour)];
      const outline = outlines[shapeOf(node.kind)];
      context.fill(outline);
      context.lineWidth = (node === selected || node === hovered ? 2.5 : 1) / r;
      context.strokeStyle = node === selected || node === hovered ? ink : paper;
      context.stroke(outline);
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    labels(width, height, focus, ink, paper);
    context.globalAlpha = 1;
    canvas.dataset.painted = `${shownNodes.length} ${shownPairs.length} ${(performance.now() - started).toFixed(1)}`;
  };
  /** Labels of the most important nodes. */
  const labels = (width, height, focus, ink, paper) => {
    const boxes = [];
    const marks = shownNodes.slice(0, 200).map((node) => {
      const [x, y] = screen(node), r = radius(node) * .8;
      return [x - r, y - r, x + r, y + r];
    });
    const order = [...new Set([selected, hovered, ...(focus || []), ...shownNodes])].filter(Boolean);
    context.textBaseline = "middle";
    context.lineJoin = "round";
    let placed = 0;
    for (let at = 0; at < order.length && at < (isMoving ? 200 : 1500) && placed < 140; at += 1) {
      const node = order[at];
      if (focus && !focus.has(node) && node !== hovered) break;
      const [x, y] = screen(node);
      if (x < 0 || y < 0 || x > width || y > height) continue;
      const size = Math.max(11, Math.min(15, 9 + node.r * .28));
      context.font = `${node === selected || node === hovered ? "600 " : ""}${size}px ${theme.letters}`;
      const text = name(node).length > 34 ? `${name(node).slice(0, 32)}…` : name(node);
      const r = radius(node);
      const long = context.measureText(text).width;
      const tries = [[x + r + 4, y], [x - r - 4 - long, y], [x - long / 2, y + r + 9], [x - long / 2, y - r - 9]];
      const isFree = (taken) => ([left, middle]) => left > 2 && left + long < width - 2 && middle > 8 && middle < height - 8
        && !taken.some((box) => left < box[2] && left + long > box[0] && middle - size * .6 < box[3] && middle + size * .6 > box[1]);
      const free = tries.filter(isFree(boxes));
      // No label lies on another; those of the most important nodes may lie on marks.
      const spot = free.find(isFree(marks)) || (at < 24 ? free[0] : undefined);
      const must = node === selected || node === hovered;
      if (!spot && !must) continue;
      const [left, middle] = spot || tries[0];
      boxes.push([left - 3, middle - size * .65, left + long + 3, middle + size * .65]);
      placed += 1;
      context.globalAlpha = 1;
      context.strokeStyle = paper;
      context.lineWidth = 3.5;
      context.strokeText(text, left, middle);
      context.fillStyle = ink;
      context.fillText(text, left, middle);
    }
  };
  const nodeAt = (x, y) => {
    const [worldX, worldY] = [(x - view.x) / view.scale, (y - view.y) / view.scale];
    const reach = Math.min(3, Math.ceil(20 / view.scale / field));
    let best = null, least = Infinity;
    for (let column = -reach; column <= reach; column += 1) {
      for (let row = -reach; row <= reach; row += 1) {
        for (const node of grid.get(`${Math.floor(worldX / field) + column} ${Math.floor(worldY / field) + row}`) || []) {
          const [nodeX, nodeY] = screen(node);
          const distance = Math.hypot(nodeX - x, nodeY - y) - radius(node);
          if (distance < least) { least = distance; best = node; }
        }
      }
    }
    return least < 6 ? best : null;
  };
  const pairAt = (x, y) => {
    let best = null, least = 5;
    for (const pair of shownPairs) {
      if (selected && pair.a !== selected && pair.b !== selected) continue;
      const [ax, ay] = screen(pair.a), [bx, by] = screen(pair.b);
      const along = Math.max(0, Math.min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2 || 1)));
      const distance = Math.hypot(ax + along * (bx - ax) - x, ay + along * (by - ay) - y);
      if (distance < least) { least = distance; best = pair; }
    }
    return best;
  };
  const zoom = (factor, x = canvas.clientWidth / 2, y = canvas.clientHeight / 2) => {
    const scale = Math.max(.01, Math.min(6, view.scale * factor));
    view.x = x - (x - view.x) * scale / view.scale;
    view.y = y - (y - view.y) * scale / view.scale;
    view.scale = scale;
    isFitted = false;
    draw();
  };
  let rest = 0;
  const move = () => {
    isMoving = true;
    isFitted = false;
    clearTimeout(rest);
    rest = setTimeout(() => { isMoving = false; draw(); }, 160);
    draw();
  };
  const pointers = new Map();
  let dragged = 0;
  const local = (event) => { const box = canvas.getBoundingClientRect(); return [event.clientX - box.left, event.clientY - box.top]; };
  canvas.addEventListener("pointerdown", (event) => {
    pointers.set(event.pointerId, local(event));
    if (pointers.size === 1) dragged = 0;
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", (event) => {
    const place = local(event);
    const before = pointers.get(event.pointerId);
    if (!before) {
      const near = nodeAt(...place);
      canvas.classList.toggle("pointing", Boolean(near));
      if (near !== hovered) { hovered = near; draw(); }
      return;
    }
    if (pointers.size === 2) {
      const [other] = [...pointers].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
      const distance = (at) => Math.hypot(at[0] - other[0], at[1] - other[1]);
      if (distance(before) > 10) zoom(distance(place) / distance(before), (place[0] + other[0]) / 2, (place[1] + other[1]) / 2);
    }
    view.x += (place[0] - before[0]) / pointers.size;
    view.y += (place[1] - before[1]) / pointers.size;
    dragged += Math.hypot(place[0] - before[0], place[1] - before[1]);
    pointers.set(event.pointerId, place);
    move();
  });
  const release = (event) => {
    if (!pointers.delete(event.pointerId) || event.type === "pointercancel" || dragged > 5) return;
    const place = local(event);
    const node = nodeAt(...place);
    if (node) { select(node); return; }
    const pair = pairAt(...place);
    if (pair) openEdges(pair.shown); else if (selected || path) select(null);
  };
  canvas.addEventListener("pointerup", release);
  canvas.addEventListener("pointercancel", release);
  canvas.addEventListener("pointerleave", () => { if (hovered) { hovered = null; draw(); } });
  canvas.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    zoom(Math.exp(-event.deltaY / 300), ...local(event));
    move();
  }, { passive: false });
  canvas.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] }[event.key];
    if (step) { view.x += step[0]; view.y += step[1]; move(); }
    else if (event.key === "+" || event.key === "=") zoom(1.3);
    else if (event.key === "-") zoom(1 / 1.3);
    else if (event.key === "0") fit();
    else if (event.key === "Escape") select(null);
    else return;
    event.preventDefault();
  });
  document.querySelectorAll("[data-zoom]").forEach((element) => element.addEventListener("click", () =>
    ({ in: () => zoom(1.4), out: () => zoom(1 / 1.4), fit })[element.dataset.zoom]()));

  // --- The list beside it: the same by keyboard and for screen readers ---

  const search = find("search");
  const matches = (text, most) => {
    const wanted = folded(text.trim());
    const found = wanted ? shownNodes.filter((node) => node.folded.includes(wanted)) : shownNodes;
    return [found.slice(0, most), found.length];
  };
  const choice = (node, note, action = () => select(node)) => make("li", {}, make("button", { type: "button", class: "choice", click: action, "data-row": node.row },
    icon(shapeOf(node.kind), colourOf(node)), make("span", { class: "name" }, name(node)), make("span", { class: "sources" }, note)));
  const list = () => {
    if (selected) { detail(selected); return; }
    const [some, total] = matches(search.value, 60);
    find("side").replaceChildren(
      make("ul", { "aria-label": "Nodes" }, ...some.map((node) => choice(node, count(node.articles, "article")))),
      total > some.length ? make("p", { class: "note" }, `${total - some.length} more: type a part of the name.`) : total ? "" : make("p", { class: "note" }, "Nothing shown is called so."));
  };
  const select = (node) => {
    selected = node;
    path = null;
    find("paths").replaceChildren();
    if (node && node.x !== undefined) {
      const [x, y] = screen(node);
      const margin = 40;
      if (x < margin || y < margin || x > canvas.clientWidth - margin || y > canvas.clientHeight - margin) {
        view.x += canvas.clientWidth / 2 - x;
        view.y += canvas.clientHeight / 2 - y;
      }
    }
    list();
    if (node) find("side").querySelector("h3").focus({ preventScroll: true });
    draw();
  };
  const detail = (node) => {
    const near = node.pairs.filter((pair) => pair.shown.length).sort((a, b) => b.weight - a.weight);
    const ties = near.map((pair) => {
      const other = pair.a === node ? pair.b : pair.a;
      return make("li", {}, button("", () => openEdges(pair.shown), { class: "choice", "data-pair": `${pair.a.row} ${pair.b.row}` }));
    });
    near.forEach((pair, at) => {
      const other = pair.a === node ? pair.b : pair.a;
      const lines = new Map();
      pair.shown.forEach((edge) => {
        const text = edge.a === node ? `${tieText(edge)} →` : `← ${tieText(edge)}`;
        if (!lines.has(text)) lines.set(text, edge.tone);
      });
      ties[at].firstChild.append(make("span", { class: "name" }, name(other), ...[...lines].map(([text, tone]) => make("small", { class: `tie tone-${tones[tone]}` }, text))),
        make("span", { class: "sources" }, count(pair.weight, "article")));
    });
    const grouped = [0, 1, 2].map((kind) => node.items.filter((item) => item.kind === kind));
    const listed = (title, some) => some.length ? [make("h4", {}, `${title} (${some.length})`), make("ul", {}, ...some.slice(0, 40).map((item) =>
      make("li", {}, button("", () => openItems([item.row]), { class: "choice" }))))] : [];
    const parts = ["Events", "Stances", "Statements"].map((title, kind) => listed(title, grouped[kind]));
    parts.forEach((part, kind) => part[1]?.querySelectorAll("button").forEach((element, at) => {
      const item = grouped[kind][at];
      element.append(make("span", { class: "name" }, item.title, item.modality ? make("small", {}, ` (${item.modality})`) : "", item.date ? make("small", {}, ` ${day(item.date)}`) : ""));
    }));
    find("side").replaceChildren(
      make("p", {}, button("All nodes", () => { select(null); search.focus(); })),
      make("h3", { tabindex: "-1" }, name(node)),
      make("p", { class: "sources" }, `${kinds[node.kind]}, in ${count(node.articles, "article")}`),
      node.aliases.length ? make("p", { class: "sources" }, `also ${node.aliases.slice(0, 12).join(", ")}`) : "",
      node.pieces.length ? make("p", {}, button("Where articles name it", () => open(name(node), () => quotes(node.pieces)))) : "",
      make("h4", {}, `Ties (${near.length})`), make("ul", {}, ...ties.slice(0, 200)), ...parts.flat());
  };
  search.addEventListener("input", () => { selected = null; list(); draw(); });
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const [[first]] = matches(search.value, 1);
    if (first) select(first);
  });

  // --- Paths ---

  const paths = document.querySelector(".paths");
  const named = (text) => shownNodes.find((node) => name(node) === text) || matches(text, 1)[0][0];
  ["from", "to"].forEach((field) => paths.elements[field].addEventListener("input", (event) =>
    find("names").replaceChildren(...matches(event.target.value, 15)[0].map((node) => make("option", { value: name(node) })))));
  /** All shortest paths, at most five, by breadth-first search over what is shown. */
  const shortest = (from, to) => {
    const steps = new Map([[from, 0]]);
    const back = new Map();
    let level = [from];
    while (level.length && !steps.has(to)) {
      const next = [];
      level.forEach((node) => node.pairs.forEach((pair) => {
        if (!pair.shown.length) return;
        const other = pair.a === node ? pair.b : pair.a;
        if (!steps.has(other)) { steps.set(other, steps.get(node) + 1); back.set(other, []); next.push(other); }
        if (steps.get(other) === steps.get(node) + 1) back.get(other).push({ node, pair });
      }));
      level = next;
    }
    const found = [];
    const walk = (node, tail) => {
      if (found.length >= 5) return;
      if (node === from) { found.push(tail); return; }
      back.get(node).sort((a, b) => b.pair.weight - a.pair.weight || a.node.row - b.node.row).forEach((step) => walk(step.node, [{ from: step.node, to: node, pair: step.pair }, ...tail]));
    };
    if (steps.has(to)) walk(to, []);
    return found;
  };
  paths.addEventListener("submit", (event) => {
    event.preventDefault();
    const [from, to] = ["from", "to"].map((field) => named(paths.elements[field].value));
    const result = find("paths");
    selected = null;
    path = null;
    if (!from || !to) result.replaceChildren(make("p", {}, `Nothing shown is called “${paths.elements[from ? "to" : "from"].value}”.`));
    else if (from === to) result.replaceChildren(make("p", {}, "Both are the same."));
    else {
      const found = shortest(from, to);
      if (found.length) path = { nodes: new Set(found.flatMap((steps) => steps.flatMap((step) => [step.from, step.to]))), pairs: new Set(found.flatMap((steps) => steps.map((step) => step.pair))) };
      result.replaceChildren(found.length
        ? make("ol", {}, ...found.map((steps) => make("li", {}, name(from), ...steps.flatMap((step) => {
          const forward = step.pair.shown.some((edge) => edge.a === step.from), backward = step.pair.shown.some((edge) => edge.b === step.from);
          const text = [...new Set(step.pair.shown.map(tieText))].slice(0, 3).join(", ");
          return [button(`${backward ? "←" : "—"} ${text} ${forward ? "→" : "—"}`, () => openEdges(step.pair.shown)), name(step.to)];
        }))))
        : make("p", {}, `Nothing that is shown joins ${name(from)} and ${name(to)}.`));
    }
    list();
    draw();
  });
  paths.addEventListener("reset", () => { path = null; find("paths").replaceChildren(); draw(); });

  // --- Filters, legend, list of events ---

  const kindRows = [...new Set(drawn.map((node) => node.kind))].sort((a, b) => a - b);
  /** Kinds that share a shape are one choice. */
  const choices = { circle: "people", square: "organisations", diamond: "governments", pentagon: "groups", up: "countries", down: "places", hexagon: "issues" };
  Object.entries(choices).forEach(([shape, label]) => {
    const members = kindRows.filter((kind) => shapeOf(kind) === shape);
    if (members.length) filters.querySelector(".kinds").append(make("label", {}, make("input", { type: "checkbox", name: "kind", value: members.join(" "), checked: "" }), icon(shape, "var(--muted)"), label));
  });
  document.querySelector(".filter-box").open = innerWidth > 640;
  outlets.forEach((outlet) => filters.elements.outlet.append(make("option", { value: outlet }, outlet)));
  const legend = () => {
    const byKind = filters.elements.colour.value === "kind";
    const groups = byKind ? [] : Array.from({ length: lastColour }, (_, at) => drawn.filter((node) => node.community === at)).filter((group) => group.length > 1);
    find("communities").replaceChildren(...(byKind ? kindRows.map((kind) => make("li", {}, icon(shapeOf(kind), colors[kind]), kinds[kind]))
      : groups.map((group) => make("li", {}, icon("circle", `var(--c${group[0].community})`), `around ${group.sort((a, b) => b.articles - a.articles || a.row - b.row).slice(0, 2).map((node) => node.label).join(", ")}`))));
  };
  const refresh = () => {
    shownKinds.clear();
    filters.querySelectorAll("[name=kind]:checked").forEach((box) => box.value.split(" ").forEach((kind) => shownKinds.add(Number(kind))));
    path = null;
    find("paths").replaceChildren();
    legend();
    filter();
  };
  filters.addEventListener("input", refresh);
  filters.addEventListener("reset", () => setTimeout(() => { refresh(); fit(); }));
  filters.addEventListener("submit", (event) => event.preventDefault());
  const eventFilter = find("event-filter");
  eventFilter.addEventListener("input", () => {
    const wanted = folded(eventFilter.value.trim());
    let shown = 0;
    document.querySelectorAll(".period").forEach((period) => {
      let any = false;
      period.querySelectorAll(".event").forEach((event) => {
        event.hidden = Boolean(wanted) && !folded(event.textContent).includes(wanted);
        if (!event.hidden) { any = true; shown += 1; }
      });
      period.hidden = !any;
    });
    find("event-status").textContent = wanted ? `${count(shown, "event")} shown` : "";
  });

  document.documentElement.classList.add("script");
  new ResizeObserver(() => { if (isFitted) fit(); else draw(); }).observe(canvas);
  // On paper nothing can be opened.
  const closed = [...document.querySelectorAll("details.table")];
  addEventListener("beforeprint", () => closed.forEach((element) => { element.open = true; }));
  addEventListener("afterprint", () => closed.forEach((element) => { element.open = false; }));
  ["(prefers-color-scheme: dark)", "print"].forEach((query) => matchMedia(query).addEventListener("change", () => { readTheme(); paint(); }));
  readTheme();
  refresh();
  fit();
  document.documentElement.dataset.ready = performance.now().toFixed(0);
})();
