/* The search of the offline mirror: a filter over titles, outlets, places and dates. The list comes as scripts, because a
   page opened from a folder may not fetch anything else. Nothing leaves the reader's machine. */
(() => {
  "use strict";
  const form = document.getElementById("filter");
  if (!form) return;
  const found = document.getElementById("found"), list = document.getElementById("results"), more = document.getElementById("more");
  const fields = ["words", "outlet", "place", "from", "to"].map((name) => document.getElementById("f-" + name));
  const [PAGE, TITLE, LANG, OUTLET, PLACE, DATE, MACHINE, SIMPLIFIED, SAMPLE] = [0, 1, 2, 3, 4, 5, 6, 7, 8];
  const STEP = 50;
  const joined = new Map();
  const plain = (text) => Array.from(text.normalize("NFKC").toLowerCase(), (sign) => joined.get(sign) || sign).join("");
  let rows = [], hits = [], shown = 0;

  const matches = (row, words, outlet, place, from, to) => {
    const title = row.plain || (row.plain = plain(row[TITLE] + "\n" + row[SIMPLIFIED]));
    if (!words.every((word) => title.includes(word))) return false;
    if (outlet && !plain(row[OUTLET]).includes(outlet)) return false;
    if (place && !plain(row[PLACE]).includes(place)) return false;
    const month = row[MACHINE].slice(0, 7);
    if ((from || to) && month.length < 7) return false;
    return (!from || month >= from) && (!to || month <= to);
  };

  const element = (name, text, attributes) => {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    for (const [key, value] of Object.entries(attributes || {})) made.setAttribute(key, value);
    return made;
  };

  const card = (row) => {
    const item = element("li", "", { class: "card" }), title = element("h3", "", { lang: row[LANG] });
    title.append(element("a", row[TITLE], { href: row[PAGE] }));
    if (row[SAMPLE]) title.append(" ", element("span", "示例", { class: "badge", lang: "zh-Hans" }));
    const meta = element("p", "", { class: "meta" });
    const date = element("span");
    date.append(row[MACHINE] ? element("time", row[DATE], { datetime: row[MACHINE] }) : row[DATE]);
    meta.append(date);
    if (row[OUTLET]) meta.append(element("span", row[OUTLET], { lang: "zh-Hans" }));
    if (row[PLACE]) meta.append(element("span", row[PLACE]));
    const article = element("article");
    article.append(title, meta);
    item.append(article);
    return item;
  };

  const showMore = () => {
    const next = hits.slice(shown, shown + STEP);
    list.append(...next.map(card));
    shown += next.length;
    more.hidden = shown >= hits.length;
  };

  const filter = () => {
    const [words, outlet, place, from, to] = fields.map((field) => plain(field.value.trim()));
    const wanted = words.split(/\s+/).filter(Boolean);
    hits = rows.filter((row) => matches(row, wanted, outlet, place, from, to));
    found.textContent = found.dataset.found.replace("{n}", String(hits.length));
    list.replaceChildren();
    shown = 0;
    showMore();
  };

  // Pairs: a traditional or variant character, and the one that it is searched as.
  window.mirrorFold = (pairs) => {
    const signs = Array.from(pairs);
    for (let at = 0; at < signs.length; at += 2) joined.set(signs[at], signs[at + 1]);
  };
  window.mirrorRows = (some) => { rows = rows.concat(some); };
  const files = ["fold", ...Array.from({ length: Number(form.dataset.shards) }, (_, number) => String(number).padStart(4, "0"))];
  const load = (number) => {
    if (number >= files.length) { form.hidden = false; filter(); return; }
    const script = element("script", "", { src: "data/" + files[number] + ".js" });
    script.onload = () => load(number + 1);
    script.onerror = () => { found.textContent = found.dataset.broken; };
    document.body.append(script);
  };
  let waiting = 0;
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(filter, 120); });
  form.addEventListener("submit", (event) => { event.preventDefault(); filter(); });
  more.addEventListener("click", showMore);
  found.textContent = found.dataset.loading;
  load(0);
})();
