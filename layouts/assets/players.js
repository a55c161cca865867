// A card that leads to a film, a sound or a post elsewhere shows it in its own place. Nothing is asked of that site before.
document.querySelectorAll("[data-frame]").forEach(function (card) {
  var button = document.createElement("button"), root = document.documentElement;
  button.type = "button";
  button.className = "play";
  while (card.firstChild) button.append(card.firstChild);
  card.replaceWith(button);
  button.onclick = function () {
    var frame = document.createElement("iframe"), address = card.dataset.frame, dark = root.dataset.theme;
    dark = dark ? dark === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    // A post is drawn in one of two schemes, on a ground of its own.
    if (button.parentNode.classList.contains("post")) address += "&lang=" + root.lang + "&theme=" + (dark ? "dark" : "light");
    frame.src = address;
    frame.title = card.dataset.title;
    frame.allow = "autoplay; fullscreen; encrypted-media; picture-in-picture";
    frame.allowFullscreen = true;
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    button.replaceWith(frame);
    frame.focus();
  };
});
