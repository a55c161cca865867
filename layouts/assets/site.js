// The switch between the light and the dark scheme. Without script the page follows the reader's system.
(function (root) {
  var dark = matchMedia("(prefers-color-scheme: dark)"), chosen;
  try { chosen = localStorage.getItem("theme"); } catch (blocked) {}
  if (chosen) root.dataset.theme = chosen;
  function isDark() { return root.dataset.theme ? root.dataset.theme === "dark" : dark.matches; }
  function start() {
    var button = document.getElementById("theme");
    if (!button) return;
    button.hidden = false;
    button.setAttribute("aria-pressed", isDark());
    button.onclick = function () {
      root.dataset.theme = isDark() ? "light" : "dark";
      button.setAttribute("aria-pressed", isDark());
      try { localStorage.setItem("theme", root.dataset.theme); } catch (blocked) {}
    };
  }
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", start); else start();
})(document.documentElement);
