// The most read of now in the place of an article's link to them, unless that would move what the reader sees.
(function () {
  var block = document.querySelector("[data-fragment]"), main = document.getElementById("main");
  if (!block || !window.IntersectionObserver) return;
  function show(text) {
    var found = new DOMParser().parseFromString(text, "text/html"), list = found.querySelector("ol"), link = block.lastElementChild;
    if (!list) return;
    list.lang = found.documentElement.lang;  // the page may be in another language
    list.dir = found.documentElement.dir;
    var height = main.offsetHeight, seen = block.getBoundingClientRect().top < innerHeight;
    link.replaceWith(list);
    if (seen && main.offsetHeight !== height) list.replaceWith(link);
  }
  new IntersectionObserver(function (entries, observer) {
    if (!entries.some(function (entry) { return entry.isIntersecting; })) return;
    observer.disconnect();
    fetch(block.dataset.fragment).then(function (answer) { return answer.ok ? answer.text() : ""; })
      .then(show).catch(function () {});  // the link stays
  }, { rootMargin: "100%" }).observe(block);
})();
