// The search page: asks the index, a table and a file for each word of each year, and shows what it finds. Nothing that
// is typed leaves the browser.
const form = document.getElementById("find");
const found = document.getElementById("found");
const list = document.getElementById("results");
const more = document.getElementById("more");
const words = JSON.parse(document.getElementById("words").textContent);
const tables = form.dataset.tables.split(" ").filter(Boolean); // their addresses, newest year first
const { q, section, year, order } = form.elements;
const language = document.documentElement.lang;
const AT_ONCE = 10; // results
const YEARS_AT_FIRST = 3; // older ones are asked where these have little to say
const EXCERPT = 30; // words

// ---------- terms: the same as those of the index
const DROPPED = /[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\p{Cf}]/gu;
const LETTERS = Object.fromEntries(["اأإآٱ", "يىیے", "هةہھەۀۂۃ", "كکڪ", "ءؤئ", "-‐‑‒–—―"]
  .flatMap(([plain, ...others]) => others.map((other) => [other, plain])));
const FOLDED = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "g");
const ARTICLE = /^(?:[وبكف]?ال|لل)(?=..)/su;
const SUFFIXES = ["ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي"];
const PREFIX = 3; // letters: terms that begin with the same ones are in one file

function fold(word) {
  return word.normalize("NFKC").replace(DROPPED, "").replace(FOLDED, (letter) => LETTERS[letter])
    .replace(/[٠-٩۰-۹]/g, (digit) => digit.charCodeAt(0) & 15).toLowerCase();
}

function stem(run) {
  if (/^[a-z]{2,}[a-rtv-z]s$/.test(run)) return run.slice(0, -1);
  let term = run.replace(/^و(?=...)/su, "").replace(ARTICLE, "");
  for (const suffix of SUFFIXES) if (term.endsWith(suffix) && term.length >= suffix.length + 2) term = term.slice(0, -suffix.length);
  return term;
}

/** The terms of a word as it stands between two blanks. */
export function terms(word) {
  return [...new Set((fold(word).match(/[\p{L}\p{N}]+/gu) ?? []).map(stem))];
}

function shard(term, shards) {
  return [...term].slice(0, PREFIX).reduce((number, letter) => number * 31 + letter.codePointAt(0), 0) % shards;
}

// ---------- the index
const files = new Map(); // address → a promise of what is in it

function load(address) {
  if (!files.has(address)) {
    const loading = fetch(address).then((answer) => answer.ok ? answer.json() : Promise.reject(new Error(`${address}: ${answer.status}`)));
    files.set(address, loading);
    loading.catch(() => files.delete(address)); // the line was lost: the next search tries again
  }
  return files.get(address);
}

/** Whether `word`, in the index, is what `term` asks for, and how much it weighs: a longer word less. */
function weight(word, term) {
  if (word === term) return 1;
  return term.length >= PREFIX && word.startsWith(term) ? 0.5 * term.length / word.length : 0;
}

/** Story → what it has of a term: { weight, places }, the places of the term itself alone. Stories are numbered through. */
function storiesWith(term, years) {
  const stories = new Map();
  for (const { first, table, shards } of years) {
    let start = first;
    shards.get(term).forEach((part, n) => {
      const { ids, titles } = table.parts[n];
      for (const [word, postings] of Object.entries(part)) {
        const weighs = weight(word, term);
        if (!weighs) continue;
        let story = start, place = 0, has;
        for (const value of postings) {
          if (value < 0) {
            [story, place] = [story - value - 1, 0];
            has = stories.get(story) ?? { weight: 0, places: [] };
            stories.set(story, has);
          } else {
            place += value;
            has.weight += place < titles[story - start] ? 5 * weighs : weighs;
            if (weighs === 1) has.places.push(place);
          }
        }
      }
      start += ids.length;
    });
  }
  return stories;
}

/** Opens these years for these terms, the oldest first, and numbers their stories through. */
async function open(addresses, wanted) {
  let first = 0;
  const years = await Promise.all([...addresses].reverse().map(async (address) => {
    const table = await load(address);
    const of = async (term) => [term, await load(new URL(table.shards[shard(term, table.shards.length)], new URL(address, location)).href)];
    return { table, shards: new Map(await Promise.all(wanted.map(of))) };
  }));
  for (const one of years) {
    one.first = first;
    first += one.table.parts.reduce((count, part) => count + part.ids.length, 0);
  }
  return years;
}

/** Whether the places have the words one after the other. */
function isPhrase(asked, places) {
  return places(asked[0][0]).some((start) => asked.every((word, n) => word.every((term) => places(term).includes(start + n))));
}

/** What these years answer: { id, score, number }, the best or the newest first; and whether all terms are known there. */
async function find(addresses, asked, wanted, phrase) {
  const all = [...new Set(asked.flat())];
  const years = await open(addresses, all);
  const stories = years.flatMap(({ table }) => table.parts.flatMap(({ ids, sections, lengths }) =>
    ids.map((id, n) => ({ id, section: sections[n], length: lengths[n] }))));
  const having = new Map(all.map((term) => [term, storiesWith(term, years)]));
  const known = phrase ? all : all.filter((term) => having.get(term).size); // a word that no story has stops nobody
  const whole = known.length === all.length;
  if (!known.length) return { results: [], whole };
  const mean = stories.reduce((sum, { length }) => sum + length, 0) / stories.length;
  const [rarest] = [...known].sort((a, b) => having.get(a).size - having.get(b).size);
  const results = [];
  for (const number of having.get(rarest).keys()) {
    const { id, section, length } = stories[number];
    if ((wanted.section && wanted.section !== section) || !known.every((term) => having.get(term).has(number))) continue;
    if (phrase && !isPhrase(asked, (term) => having.get(term).get(number).places)) continue;
    let score = 0; // BM25
    for (const term of known) {
      const has = having.get(term).get(number).weight, rare = Math.log(1 + stories.length / having.get(term).size);
      score += rare * has / (has + 1.2 * (0.5 + 0.5 * length / mean));
    }
    results.push({ id, score, number });
  }
  results.sort(wanted.order === "date" ? (a, b) => b.number - a.number : (a, b) => b.score - a.score || b.number - a.number);
  return { results, whole };
}

/** What the newest years answer, and a way to ask all of them, if that was not it. */
async function ask(wanted) {
  const phrase = /^\s*["«“].+["»”]\s*$/.test(wanted.q);
  const typed = wanted.q.split(/\s+/).map(terms), has = (word) => word.length;
  if (!typed.some(has)) return { results: [] };
  // A dash that stands alone has its place within a phrase, and whatever stands there will do.
  const asked = phrase ? typed.slice(typed.findIndex(has), typed.length - [...typed].reverse().findIndex(has)) : typed.filter(has);
  const marks = (text) => hits(text, asked, phrase);
  const chosen = [...year.options].findIndex((option) => option.value && option.value === wanted.year) - 1;
  const first = chosen < 0 ? tables.slice(0, YEARS_AT_FIRST) : [tables[chosen]];
  const all = async () => (await find(tables, asked, wanted, phrase)).results;
  const { results, whole } = await find(first, asked, wanted, phrase);
  if (chosen >= 0 || tables.length <= first.length) return { results, marks };
  if (results.length < AT_ONCE || !whole) return { results: await all(), marks };
  return { results, marks, older: all, years: first.length };
}

// ---------- what is shown
function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** The numbers of the words of a text in which something was found. */
function hits(text, asked, phrase) {
  const found = text.map(terms), places = new Set();
  const is = (place, word) => word.every((term) => found[place]?.some((one) => weight(one, term) === 1));
  found.forEach((here, place) => {
    if (phrase ? asked.every((word, n) => is(place + n, word)) : asked.flat().some((term) => here.some((one) => weight(one, term)))) {
      for (let n = 0; n < (phrase ? asked.length : 1); n++) places.add(place + n);
    }
  });
  return places;
}

/** Words from one place to another as nodes, those that were found in a `mark`, without the signs around them. */
function marked(content, hits, from = 0, to = content.length) {
  const nodes = [];
  for (let at = from; at < Math.min(to, content.length); at++) {
    if (at > from) nodes.push(" ");
    const [, before, word, after] = content[at].match(/^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}\p{M}]*)$/su);
    if (hits.has(at) && word) nodes.push(before, element("mark", {}, word), after);
    else nodes.push(content[at]);
  }
  return nodes;
}

/** Where an excerpt begins: the words in which most was found, a few before the first of them. */
function densest(hits) {
  const places = [...hits].sort((a, b) => a - b);
  let best = 0, most = 0;
  for (const place of places) {
    const count = places.filter((at) => at >= place && at < place + EXCERPT - 5).length;
    if (count > most) [best, most] = [place, count];
  }
  return Math.max(0, best - 5);
}

function shown(id, story, marks) {
  const [title, summary, text] = [story.title, story.summary, story.text].map((part) => part.split(" ").filter(Boolean));
  const inSummary = marks(summary), inText = marks(text);
  const lines = [];
  if (summary.length && (inSummary.size || !inText.size)) lines.push(...marked(summary, inSummary));
  else {
    const from = densest(inText);
    if (from) lines.push("…\u00a0");
    lines.push(...marked(text, inText, from, from + EXCERPT));
    if (from + EXCERPT < text.length) lines.push("\u00a0…");
  }
  const own = story.lang ? { lang: story.lang, dir: story.dir } : {};
  const kicker = element("p", { className: "kicker" });
  if (story.label) kicker.append(element("b", {}, story.label), " ");
  kicker.append(element("span", {}, story.section_name));
  const link = element("a", { href: story.url }, ...marked(title, marks(title)));
  const item = element("li", {}, kicker, element("h2", own, link), element("p", { className: "summary", ...own }, ...lines),
    element("p", { className: "when" }, element("time", { dateTime: story.iso }, story.date)));
  item.dataset.story = id;
  return item;
}

/** «13 نتيجة»; where older years were not asked, the years that were: «13 نتيجة (2019–2021)». */
function counted(count, years) {
  const zero = form.dataset.zero.charCodeAt(0);
  const digits = String(count).replace(/\d/g, (digit) => String.fromCharCode(zero + Number(digit)));
  const plural = new Intl.PluralRules(language).select(count);
  const text = (words.found[plural] ?? words.found.other).replace("{n}", digits);
  return years ? `${text} (${year.options[years].text}–${year.options[1].text})` : text; // the first option is «all»
}

// ---------- asking and answering
let turn = 0, rest = [], older = null, marks = null;

async function showMore(mine) {
  if (!rest.length && older) {
    const all = await older();
    if (mine !== turn) return null;
    const known = new Set([...list.children].map((item) => item.dataset.story));
    [rest, older] = [all.filter((result) => !known.has(result.id)), null];
    found.textContent = counted(all.length);
  }
  const next = rest.splice(0, AT_ONCE);
  const loading = next.map(async ({ id }) => shown(id, await load(`${form.dataset.stories}${encodeURIComponent(id)}.json`), marks));
  const items = await Promise.all(loading).catch((error) => {
    if (mine === turn) rest.unshift(...next); // the next press tries them again
    throw error;
  });
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
    const answer = tables.length ? await ask(wanted) : { results: [] };
    if (mine !== turn) return;
    clear(answer.results.length ? counted(answer.results.length, answer.years) : words.none);
    [rest, older, marks] = [answer.results, answer.older ?? null, answer.marks];
    await showMore(mine);
    found.removeAttribute("aria-busy");
  } catch (error) {
    await fail(mine, () => { clear(words.failed); });
    throw error;
  }
}

/** Whether the page names other tables by now: the site was built anew since it was opened. */
async function isRenewed() {
  const answer = await fetch(location.pathname, { cache: "no-cache" }).catch(() => null);
  const now = answer?.ok ? new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("find") : null;
  return Boolean(now?.dataset.tables) && now.dataset.tables !== form.dataset.tables;
}

/** Whether a page with these tables is to be loaded anew for the first time: what lies between may answer with the old one. */
function isFirst() {
  try {
    const before = sessionStorage.getItem("renewed");
    sessionStorage.setItem("renewed", form.dataset.tables);
    return before !== form.dataset.tables;
  } catch { return false; } // storage is blocked
}

/** Loads a page anew whose index is gone, which then asks what its address says; else tells that something is missing. */
async function fail(mine, tell) {
  const renewed = await isRenewed().catch(() => false);
  if (mine !== turn) return;
  if (renewed && isFirst()) location.reload(); else tell();
  found.removeAttribute("aria-busy");
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
    await fail(mine, () => { found.textContent = words.failed; });
    throw error;
  }
});

const asked = new URLSearchParams(location.search);
for (const field of [q, section, year, order]) if (asked.has(field.name)) field.value = asked.get(field.name);
for (const field of [section, year, order]) if (field.selectedIndex < 0) field.value = "";
if (q.value) search(); else if (!matchMedia("(pointer: coarse)").matches) q.focus();
