// One picture of a gallery at a time, large: by buttons, by keys and by a swipe. Without script each leads to its file.
(function () {
  var words = document.currentScript.dataset, rtl, links = [], at = 0, from = null;
  if (!window.HTMLDialogElement) return;
  var viewer = document.createElement("dialog"), figure = document.createElement("figure"), here = document.createElement("p");
  viewer.className = "viewer";

  function button(name, sign, step) {
    var made = document.createElement("button");
    made.type = "button";
    made.className = name;
    made.setAttribute("aria-label", words[name]);
    made.textContent = sign;
    made.onclick = step;
    return made;
  }
  function number(value) {
    return String(value).replace(/\d/g, function (digit) { return (words.digits || "1234567890")[(+digit + 9) % 10]; });
  }

  function show(place) {
    at = (place + links.length) % links.length;
    var source = links[at].closest("figure"), picture = links[at].firstElementChild.cloneNode(true);
    var caption = source.querySelector("figcaption");
    picture.querySelectorAll("[sizes]").forEach(function (one) { one.setAttribute("sizes", "100vw"); });
    var img = picture.matches("img") ? picture : picture.querySelector("img");
    if (img.sizes) img.sizes = "100vw";
    img.loading = "eager";
    figure.replaceChildren(picture);
    if (caption) figure.append(caption.cloneNode(true));
    here.textContent = words.here.replace("{here}", number(at + 1)).replace("{all}", number(links.length));
  }
  function onward() { show(at + 1); }
  function back() { show(at - 1); }

  viewer.append(
    button("close", "\u00d7", function () { viewer.close(); }), figure,
    button("previous", "", back), here, button("next", "", onward)
  );
  here.setAttribute("role", "status");
  viewer.onclose = function () { links[at].focus(); };
  viewer.onkeydown = function (event) {
    var steps = { ArrowLeft: rtl ? 1 : -1, ArrowRight: rtl ? -1 : 1, Home: -at, End: links.length - 1 - at };
    if (!(event.key in steps) || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    show(at + steps[event.key]);
  };
  // A swipe goes along, as a finger turns pages; what is pinched or scrolled is left to the browser.
  viewer.onpointerdown = function (event) { from = event.isPrimary ? event : null; };
  viewer.onpointercancel = function () { from = null; };
  viewer.onpointerup = function (event) {
    if (!from || !event.isPrimary) return;
    var across = event.clientX - from.clientX, down = event.clientY - from.clientY;
    from = null;
    if (Math.abs(across) > 40 && Math.abs(across) > 2 * Math.abs(down)) show(at + (across > 0 === rtl ? 1 : -1));
  };

  document.querySelectorAll(".gallery").forEach(function (gallery) {
    var own = Array.prototype.slice.call(gallery.querySelectorAll("figure > a"));
    own.forEach(function (link, place) {
      link.onclick = function (event) {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        links = own;
        rtl = getComputedStyle(gallery).direction === "rtl";
        viewer.querySelector(".previous").textContent = rtl ? "\u2192" : "\u2190";
        viewer.querySelector(".next").textContent = rtl ? "\u2190" : "\u2192";
        viewer.dir = rtl ? "rtl" : "ltr";
        if (!viewer.parentNode) document.body.append(viewer);
        show(place);
        viewer.setAttribute("aria-label", here.textContent);
        viewer.showModal();
      };
    });
  });
})();
