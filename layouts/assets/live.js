// What is new in a live story: asked for once a minute at most, told in a bar, and put in when the reader says so.
(function () {
  var prose = document.querySelector("[data-live]"), MINUTE = 60000, asked = Date.now(), last = "", timer, fresh;
  if (!prose || !window.fetch || !window.DOMParser) return;
  var bar = document.createElement("div"), button = document.createElement("button"), words = prose.dataset;
  bar.className = "live-news";
  bar.setAttribute("role", "status");
  button.type = "button";
  document.body.append(bar);

  function entries(root) { return Array.prototype.slice.call(root.querySelectorAll(".entry")); }
  function unknown(entry) { return !document.getElementById(entry.id); }
  function number(count) {
    return String(count).replace(/\d/g, function (digit) { return (words.digits || "1234567890")[(+digit + 9) % 10]; });
  }

  // Nothing of the page moves before the button is pressed.
  function tell() {
    var news = entries(fresh).filter(unknown), ended = fresh.querySelector("[data-ended]");
    if (!news.length && !ended) return;
    var form = new Intl.PluralRules(document.documentElement.lang).select(news.length);
    var newest = words.first === "newest" ? news[0] : news[news.length - 1];
    var title = newest && newest.querySelector("h2").lastChild.textContent.trim();
    var told = news.length ? (words[form] || words.other).replace("{n}", number(news.length)) : words.over;
    button.textContent = title ? told + ": " + title : told;
    if (!button.parentNode) bar.append(button);
    document.documentElement.style.scrollPaddingBlockStart = bar.offsetHeight + 16 + "px";
  }

  function put() {
    var list = prose.querySelector(".entries"), shown = entries(fresh), news = shown.filter(unknown);
    // So much is new that the fragment does not reach back to what is here.
    if (!list || (shown.length && news.length === shown.length)) { location.reload(); return; }
    [".live-state", ".points"].forEach(function (part) {
      var old = document.querySelector(part), made = fresh.querySelector(part);
      if (old && made) old.replaceWith(made);
    });
    shown.forEach(function (entry) {
      var old = document.getElementById(entry.id);
      if (old && old.innerHTML !== entry.innerHTML) old.replaceWith(entry);
    });
    news.forEach(function (entry) { entry.classList.add("new"); });
    if (words.first === "newest") list.prepend.apply(list, news); else list.append.apply(list, news);
    button.remove();
    var first = news[0] || document.querySelector(".live-state");
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
    fetch(words.live, { cache: "no-cache" }).then(function (answer) {
      if (answer.status === 404 || answer.status === 410) return null;
      return answer.ok ? answer.text() : "";
    }).then(function (text) {
      if (text === null) return;
      if (text && text !== last) {
        last = text;
        fresh = new DOMParser().parseFromString(text, "text/html");
        tell();
        if (fresh.querySelector("[data-ended]")) return;
      }
      later();
    }, later);
  }

  button.onclick = put;
  document.addEventListener("visibilitychange", function () { if (!document.hidden && timer) later(); });
  later();
})();
