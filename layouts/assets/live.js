// What is new in a live story: asked for once a minute at most, told in a bar, and put in when the reader says so.
(function () {
  var prose = document.querySelector("[data-live]"), MINUTE = 60000, asked = Date.now(), last = "", timer, fresh, main, before;
  if (!prose || !window.fetch || !window.DOMParser) return;
  var bar = document.createElement("div"), button = document.createElement("button"), words = prose.dataset;
  // What each entry, and what stands around them, came with before other scripts changed it; and its words when last asked for.
  var sent = {}, said = {}, changed = false;
  bar.className = "live-news";
  bar.setAttribute("role", "status");
  button.type = "button";
  document.body.append(bar);

  function entries(root) { return Array.prototype.slice.call(root.querySelectorAll(".entry")); }
  function unknown(entry) { return !document.getElementById(entry.id); }
  function ids(some) { return some.map(function (entry) { return entry.id; }); }
  // The opening with its key points, and the notes.
  function around(root) {
    return Array.prototype.filter.call(root.children, function (one) { return one.className !== "entries"; });
  }
  function html(some) { return some.map(function (one) { return one.outerHTML; }).join(""); }
  function keep(root) {
    entries(root).forEach(function (entry) { sent[entry.id] = entry.innerHTML; said[entry.id] = entry.textContent; });
    sent[""] = html(around(root));
  }
  // Whether what is known says something else than when it was asked for last.
  function listen() {
    before = before || html(around(main));
    var now = { "": around(main).map(function (one) { return one.textContent; }).join(" ") };
    entries(main).forEach(function (entry) { now[entry.id] = entry.textContent; });
    Object.keys(now).forEach(function (key) {
      if (key in said && said[key] !== now[key]) changed = true;
      said[key] = now[key];
    });
  }
  // Whether the page shows the entries of a fresh one when the news stand at its end: none went, came between, changed places.
  function fits(news) {
    var here = ids(entries(prose)), shown = ids(entries(main)), total = here.length + news.length, count = main.dataset.count;
    if (words.first === "newest") here = ids(news).concat(here).slice(0, shown.length);
    else here = here.concat(ids(news)).slice(total - shown.length);
    return here.join(" ") === shown.join(" ") && (count ? total === +count : news.length < shown.length);
  }
  function number(count) {
    return String(count).replace(/\d/g, function (digit) { return (words.digits || "1234567890")[(+digit + 9) % 10]; });
  }

  // Nothing of the page moves before the button is pressed.
  function tell() {
    var news = entries(main).filter(unknown), ended = fresh.querySelector("[data-ended]");
    if (!news.length && !ended && !(words.changed && (changed || !fits(news)))) return button.remove();
    var form = new Intl.PluralRules(document.documentElement.lang).select(news.length);
    var newest = words.first === "newest" ? news[0] : news[news.length - 1];
    var title = newest && newest.querySelector("h2"), time = title && title.querySelector(".at");  // a paper's own entry may have neither
    title = title && title.textContent.replace(time ? time.textContent : "", "").trim();
    var told = ended ? words.over : words.changed;
    if (news.length) told = (words[form] || words.other).replace("{n}", number(news.length));
    button.textContent = title ? told + ": " + title : told;
    if (!button.parentNode) bar.append(button);
    document.documentElement.style.scrollPaddingBlockStart = bar.offsetHeight + 16 + "px";
  }

  function put() {
    var list = prose.querySelector(".entries"), shown = entries(main), news = shown.filter(unknown), state = fresh.querySelector(".live-state");
    var old = document.querySelector(".live-state"), made = main.querySelector(".entries"), rest = html(around(main));
    // What cannot be made of what is here, a fresh page shows: so where a paper's own layout has more around the entries.
    var ours = list && list.parentNode === prose && (sent[""] === rest || sent[""] === before);
    if (!ours || !fits(news)) { location.reload(); return; }
    if (old && state) old.replaceWith(state);
    shown.forEach(function (entry) {
      var old = document.getElementById(entry.id);
      if (old && sent[entry.id] !== entry.innerHTML) old.replaceWith(entry);
      sent[entry.id] = entry.innerHTML;
    });
    if (sent[""] !== rest) {
      around(prose).forEach(function (one) { one.remove(); });
      around(main).forEach(function (one) { if (made.compareDocumentPosition(one) & 2) list.before(one); else prose.append(one); });
    }
    sent[""] = before = rest;
    changed = false;
    news.forEach(function (entry) { entry.classList.add("new"); });
    if (words.first === "newest") list.prepend.apply(list, news); else list.append.apply(list, news);
    button.remove();
    var first = news[0] || state || list;
    first.tabIndex = -1;
    first.focus();
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(ask, Math.max(0, asked + MINUTE - Date.now()));
  }

  // The browser asks whether what it has is still right (If-None-Match): a page without news costs no more than a head.
  function ask() {
    if (document.hidden) return;
    asked = Date.now();
    timer = 0;  // one question at a time, and none after the last
    fetch(words.live, { cache: "no-cache" }).then(function (answer) {
      if (answer.status === 404 || answer.status === 410) return null;
      return answer.ok ? answer.text() : "";
    }).then(function (text) {
      if (text === null) return;
      var found = new DOMParser().parseFromString(text, "text/html");
      // Some networks and hosts answer with a page of their own.
      if (text !== last && found.querySelector(".live-state, .entries")) {
        last = text;
        fresh = found;
        main = fresh.querySelector("main") || fresh.body;
        listen();
        tell();
        if (fresh.querySelector("[data-ended]")) return;
      }
      later();
    }, later);
  }

  keep(prose);
  button.onclick = put;
  document.addEventListener("visibilitychange", function () { if (!document.hidden && timer) later(); });
  later();
})();
