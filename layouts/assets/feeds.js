// Buttons that copy the address of a feed. Without script the address is a link that one click selects whole.
(function () {
  if (!navigator.clipboard) return;
  document.querySelectorAll("[data-copy]").forEach(function (button) {
    var text = button.textContent;
    button.hidden = false;
    button.onclick = function () {
      navigator.clipboard.writeText(button.dataset.copy).then(function () {
        button.textContent = button.dataset.copied;
        button.dataset.done = "";
        setTimeout(function () { button.textContent = text; delete button.dataset.done; }, 2000);
      });
    };
  });
})();
