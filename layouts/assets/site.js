(function (root) {
  // The switch between the light and the dark scheme. Without script the page follows the reader's system.
  var dark = matchMedia("(prefers-color-scheme: dark)"), chosen;
  try { chosen = localStorage.getItem("theme"); } catch (blocked) {}
  if (chosen === "dark" || chosen === "light") root.dataset.theme = chosen;
  function isDark() { return root.dataset.theme ? root.dataset.theme === "dark" : dark.matches; }
  // What is breaking now, at the foot of the window, so that nothing moves.
  function breaking() {
    var main = document.querySelector("[data-breaking]");
    if (main) fetch(main.dataset.breaking).then(function (answer) { return answer.ok ? answer.text() : ""; }).then(function (text) {
      var found = new DOMParser().parseFromString(text, "text/html"), bar = found.querySelector(".urgent");
      if (!bar || bar.querySelector('[href="' + location.pathname + '"]')) return;
      bar.classList.add("low");
      bar.lang = found.documentElement.lang;  // the page may be in another language
      bar.dir = found.documentElement.dir;
      var look = found.querySelector("[rel=stylesheet]");  // no page loads it before there is a bar
      look.onload = function () {
        document.body.append(bar);
        // What has the focus stays above it.
        new ResizeObserver(function () { root.style.scrollPaddingBlockEnd = bar.offsetHeight + "px"; }).observe(bar);
      };
      document.head.append(look);
    }).catch(function () {});
  }
  function start() {
    breaking();
    var button = document.getElementById("theme");
    if (!button) return;
    function show() { button.setAttribute("aria-pressed", isDark()); }
    button.hidden = false;
    show();
    dark.addEventListener("change", show);
    button.onclick = function () {
      root.dataset.theme = isDark() ? "light" : "dark";
      show();
      try { localStorage.setItem("theme", root.dataset.theme); } catch (blocked) {}
    };
  }
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", start); else start();

  // How many years old a story is, where it is one or more; «عاجل» goes after a day. Filled while the page is parsed, so that nothing moves.
  customElements.define("age-note", class extends HTMLElement {
    connectedCallback() {
      var now = new Date(), years = now.getFullYear() - new Date(this.dataset.since).getFullYear();
      var day = new Date(this.dataset.since);
      day.setFullYear(now.getFullYear());
      if (day > now) years--;
      var passing = this.parentNode.querySelector("[data-passing]");
      if (passing && now - new Date(this.dataset.since) > 864e5) passing.hidden = true;
      if (!(years >= 1)) return;
      var form = new Intl.PluralRules(root.lang).select(years), digits = this.dataset.digits || "1234567890";
      var number = String(years).replace(/\d/g, function (digit) { return digits[(+digit + 9) % 10]; });
      this.textContent = (this.dataset[form] || this.dataset.other).replace("{n}", number);
    }
  });
})(document.documentElement);
