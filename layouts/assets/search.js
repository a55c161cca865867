// The search page: asks the bundles, a year each, and shows what they answer. Nothing that is typed leaves the browser.
const form = document.getElementById("find");
const found = document.getElementById("found");
const list = document.getElementById("results");
const more = document.getElementById("more");
const words = JSON.parse(document.getElementById("words").textContent);
const years = form.dataset.bundles.split(" ").filter(Boolean); // newest first
const { q, section, year, order } = form.elements;
const language = document.documentElement.lang;
const AT_ONCE = 10; // results
const YEARS_AT_FIRST = 3; // older ones are asked where these have little to say
const EXCERPT = 30; // words

// ---------- folding: the same as arabic.search_fold, word by word
const DROPPED = /[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\p{Cf}]/gu;
const LETTERS = Object.fromEntries(["اأإآٱ", "يىیے", "هةہھەۀۂۃ", "كکڪ", "ءؤئ", "-‐‑‒–—―"]
  .flatMap(([plain, ...others]) => others.map((other) => [other, plain])));
const FOLDED = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "g");

export function fold(text) {
  return text.split(/\s+/).map(foldWord).filter(Boolean).join(" ");
}

function foldWord(word) {
  return word.normalize("NFKC").replace(DROPPED, "").replace(/\s+/g, "")
    .replace(FOLDED, (letter) => LETTERS[letter])
    .replace(/[٠-٩۰-۹]/g, (digit) => digit.charCodeAt(0) & 15);
}

// ---------- the bundles
const engines = new Map(); // by what they are asked for; a promise each
let library;

function engine(folders, byDate) {
  const key = `${byDate} ${folders.join(" ")}`;
  if (!engines.has(key)) {
    const opening = open(folders, byDate);
    engines.set(key, opening);
    opening.catch(() => { engines.delete(key); library = undefined; }); // the line was lost: the next search tries again
  }
  return engines.get(key);
}

async function open(folders, byDate) {
  library ??= import(form.dataset.engine);
  // Answers of several years are put together by their score. By date that is a story's place in its year, from 1 on:
  // each year weighs so much less than the one after it that no place makes up for it.
  const weigh = (folder) => (byDate ? 2 ** (-40 * years.indexOf(folder)) : 1);
  const one = (await library).createInstance({ basePath: folders[0], indexWeight: weigh(folders[0]), noWorker: true });
  await one.search(""); // waits until it can answer; where it was not loaded, a merge would wait for ever
  await Promise.all(folders.slice(1).map((folder) => one.mergeIndex(folder, { indexWeight: weigh(folder) })));
  return one;
}

/** What the newest years answer, and a way to ask all of them, if that was not it. */
async function ask(wanted) {
  const byDate = wanted.order === "date";
  const phrase = /^\s*["«“].+["»”]\s*$/.test(wanted.q) && !wanted.section;
  const plain = fold(wanted.q.replace(/["«»“”]/g, " "));
  if (!plain) return { results: [] };
  const query = phrase ? `"${plain}"` : `${plain} ${wanted.section}`.trim();
  const options = byDate ? { sort: { date: "desc" } } : {};
  const asked = wanted.year ? [wanted.year] : years.slice(0, YEARS_AT_FIRST);
  const found = async (folders) => {
    const { results } = await (await engine(folders, byDate)).search(query, options);
    // A year in which none of the words stands answers with the whole section: all that was found is its one word.
    return wanted.section ? results.filter((result) => new Set(result.words).size > 1) : results;
  };
  const results = await found(asked);
  if (wanted.year || years.length <= asked.length) return { results };
  return results.length < AT_ONCE ? { results: await found(years) } : { results, older: () => found(years), asked };
}

// ---------- what is shown
function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** Words from one place to another as nodes, those that were found in a `mark`, without the signs around them. */
function marked(content, from, to, hits) {
  const nodes = [];
  for (let at = from; at < Math.min(to, content.length); at++) {
    if (at > from) nodes.push(" ");
    const [, before, word, after] = content[at].match(/^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}\p{M}]*)$/su);
    if (hits.has(at) && word) nodes.push(before, element("mark", {}, word), after);
    else nodes.push(content[at]);
  }
  return nodes;
}

/** Where an excerpt of the text begins: the words in which most was found, a few before the first of them. */
function densest(start, end, hits) {
  const places = [...hits].filter((at) => at >= start && at < end).sort((a, b) => a - b);
  let best = start, most = 0;
  for (const place of places) {
    const count = places.filter((at) => at >= place && at < place + EXCERPT - 5).length;
    if (count > most) [best, most] = [place, count];
  }
  return most ? Math.max(start, best - 5) : start;
}

function shown(result, data) {
  const content = data.content.split(" "), hits = new Set(result.words), meta = data.meta;
  const title = Number(meta.title), text = title + Number(meta.summary);
  const has = (from, to) => [...hits].some((at) => at >= from && at < to);
  const lines = [];
  if (text > title && (has(title, text) || !has(text, content.length))) lines.push(...marked(content, title, text, hits));
  else {
    const from = densest(text, content.length, hits);
    if (from > text) lines.push("…\u00a0");
    lines.push(...marked(content, from, from + EXCERPT, hits));
    if (from + EXCERPT < content.length) lines.push("\u00a0…");
  }
  const own = meta.lang ? { lang: meta.lang, dir: meta.dir } : {};
  const kicker = element("p", { className: "kicker" });
  if (meta.label) kicker.append(element("b", {}, meta.label), " ");
  kicker.append(element("span", {}, meta.section_name));
  const link = element("a", { href: data.raw_url }, ...marked(content, 0, title, hits));
  const item = element("li", {}, kicker, element("h2", own, link), element("p", { className: "summary", ...own }, ...lines),
    element("p", { className: "when" }, element("time", { dateTime: meta.iso }, meta.date)));
  [item.dataset.story, item.dataset.found] = [meta.id, result.id];
  return item;
}

/** «13 نتيجة»; where older years were not asked, the years that were: «13 نتيجة (2019–2021)». */
function counted(count, asked) {
  const zero = form.dataset.zero.charCodeAt(0);
  const digits = String(count).replace(/\d/g, (digit) => String.fromCharCode(zero + Number(digit)));
  const plural = new Intl.PluralRules(language).select(count);
  const text = (words.found[plural] ?? words.found.other).replace("{n}", digits);
  const name = (folder) => [...year.options].find((option) => option.value === folder).text;
  return asked ? `${text} (${name(asked.at(-1))}–${name(asked[0])})` : text;
}

// ---------- asking and answering
let turn = 0, rest = [], older = null;

async function showMore(mine) {
  if (!rest.length && older) {
    const all = await older();
    if (mine !== turn) return null;
    const known = new Set([...list.children].map((item) => item.dataset.found));
    [rest, older] = [all.filter((result) => !known.has(result.id)), null];
    found.textContent = counted(all.length);
  }
  const next = rest.splice(0, AT_ONCE);
  const items = await Promise.all(next.map(async (result) => shown(result, await result.data())));
  if (mine !== turn) return null;
  list.append(...items);
  more.hidden = !rest.length && !older;
  return items[0];
}

async function search() {
  const mine = ++turn;
  const wanted = { q: q.value.trim(), section: section.value, year: year.value, order: order.value };
  const query = String(new URLSearchParams(Object.entries(wanted).filter(([, value]) => value)));
  history.replaceState(null, "", query ? `?${query}` : location.pathname);
  found.removeAttribute("aria-busy");
  if (!wanted.q) return clear("");
  found.setAttribute("aria-busy", "true");
  if (!list.children.length) found.textContent = words.waiting;
  try {
    const answer = years.length ? await ask(wanted) : { results: [] };
    if (mine !== turn) return;
    clear(answer.results.length ? counted(answer.results.length, answer.older && answer.asked) : words.none);
    [rest, older] = [answer.results, answer.older ?? null];
    await showMore(mine);
    found.removeAttribute("aria-busy");
  } catch (error) {
    if (mine === turn) {
      clear(words.failed);
      found.removeAttribute("aria-busy");
    }
    throw error;
  }
}

function clear(text) {
  list.replaceChildren();
  [rest, older] = [[], null];
  more.hidden = true;
  found.textContent = text;
}

let pause;
form.querySelector(".narrow").hidden = false;
form.addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(pause); search(); });
form.addEventListener("change", (event) => { if (event.target !== q) search(); });
q.addEventListener("input", () => { clearTimeout(pause); pause = setTimeout(search, 250); });
more.addEventListener("click", async () => {
  const mine = turn;
  try {
    (await showMore(mine))?.querySelector("a").focus();
  } catch (error) {
    if (mine === turn) found.textContent = words.failed;
    throw error;
  }
});

const asked = new URLSearchParams(location.search);
for (const field of [q, section, year, order]) if (asked.has(field.name)) field.value = asked.get(field.name);
for (const field of [section, year, order]) if (field.selectedIndex < 0) field.value = "";
if (q.value) search(); else if (!matchMedia("(pointer: coarse)").matches) q.focus();
