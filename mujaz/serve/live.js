// Put into each page by `build.py serve`, never into the output: hears of each build, reloads the page or changes its
// styles alone, marks what readers do not see yet, and shows problems until they are mended.
(() => {
  const own = document.currentScript;
  const beside = (name) => new URL(name, own.src).href;
  let version = own.dataset.version;
  let host;

  // An element that the page's own styles do not reach.
  const island = (name, inside) => {
    const element = document.createElement(name);
    const root = element.attachShadow({mode: "open"});
    const styles = document.createElement("link");
    styles.rel = "stylesheet";
    styles.href = beside("live.css");
    root.append(styles, inside);
    return element;
  };
  const made = (name, text, parts = [], attributes = {}) => {
    const element = document.createElement(name);
    if (text) element.textContent = text;
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...parts);
    return element;
  };

  const overlay = (problems) => {
    host?.remove();
    host = undefined;
    if (!problems?.length || self !== top) return; // the desk, which shows the page in a frame, tells them itself
    const hide = made("button", "إخفاء", [], {type: "button"});
    const rows = problems.map(({place, text, help}) => {
      const parts = [made("p", text, [], {class: "text"})];
      if (place) parts.unshift(made("p", "", [made("bdi", place, [], {dir: "ltr"})], {class: "place"}));
      if (help) parts.push(made("p", help, [], {class: "help"}));
      return made("li", "", parts);
    });
    const title = made("h2", problems.length > 1 ? `مشكلات تمنع البناء: ${problems.length}` : "مشكلة تمنع البناء");
    const note = made("p", "ما تراه خلف هذه النافذة آخر بناء سليم. تختفي النافذة بعد الإصلاح والحفظ.", [], {class: "note"});
    const panel = made("section", "", [hide, title, made("ol", "", rows), note], {
      class: "problems", role: "alertdialog", lang: "ar", dir: "rtl", "aria-label": "مشكلات البناء",
    });
    host = island("mujaz-problems", panel);
    hide.addEventListener("click", () => host.remove());
    document.documentElement.append(host);
  };

  const mark = ({early, fixed}) => {
    for (const old of document.querySelectorAll("mujaz-mark")) old.remove();
    for (const {id, draft, published} of early ?? []) {
      if (!draft && !fixed && new Date(published) <= new Date()) continue; // its time has come since
      const [date, time] = published.split("T");
      const words = draft ? "مسودة" : `مؤجل إلى ${date.split("-").reverse().map(Number).join("/")} ${time.slice(0, 5)}`;
      for (const story of document.querySelectorAll(`[data-story="${CSS.escape(id)}"]`)) {
        const label = made("span", words, [], {class: draft ? "mark draft" : "mark held", lang: "ar", dir: "rtl"});
        (story.querySelector("h1, h2, h3, h4") ?? story.querySelector("a") ?? story).prepend(island("mujaz-mark", label));
      }
    }
  };

  // The page's styles as they are now, put in beside the old ones, which go when the new ones are there.
  const restyle = async () => {
    const answer = await fetch(location.href, {cache: "no-store"});
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const wanted = "link[rel=stylesheet], style";
    const old = [...document.head.querySelectorAll(wanted)];
    const fresh = [...page.head.querySelectorAll(wanted)].map((element) => document.importNode(element, true));
    const loaded = fresh.filter((element) => element.localName === "link").map((element) => new Promise((done) => {
      element.addEventListener("load", done);
      element.addEventListener("error", done);
    }));
    document.head.append(...fresh);
    await Promise.all(loaded);
    for (const element of old) element.remove();
  };

  const hear = async (state) => {
    if (state.version !== version) {
      if (!(state.styles && state.before === version)) return location.reload();
      version = state.version;
      await restyle();
    }
    mark(state);
    overlay(state.problems);
  };
  const listen = () => {
    // Only while the page is seen: a browser has six connections to a host, and tabs that listen would take them all.
    let source;
    const follow = () => {
      source?.close();
      if (document.hidden) return;
      source = new EventSource(beside("events"));
      source.addEventListener("state", (event) => hear(JSON.parse(event.data)));
    };
    follow();
    document.addEventListener("visibilitychange", follow);
    addEventListener("pagehide", () => source?.close());
  };
  addEventListener("pageshow", (event) => event.persisted && location.reload());
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", listen);
  else listen();
})();
