// What the forms gain by script: nothing is lost with the window, buttons for the marks of the text, lengths while one
// writes, stories found by title, pictures dropped. Every form works without it.
(() => {
  const $ = (selector, within = document) => within.querySelector(selector);
  const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
  const words = $("#words")?.dataset ?? {};
  const story = $("#story");
  const body = $("#body");

  // ---------- lines of a text that a problem names
  for (const link of $$("a[data-line]")) {
    link.addEventListener("click", (event) => {
      const area = $(link.getAttribute("href"));
      if (!area || area.value === undefined) return;
      event.preventDefault();
      const lines = area.value.split("\n");
      const line = Math.min(Number(link.dataset.line), lines.length) - 1;
      const start = lines.slice(0, line).join("\n").length + (line ? 1 : 0);
      area.focus();
      area.setSelectionRange(start, start + lines[line].length);
    });
  }
  const first = $(".alert a[href^='#']");
  if (first && $("[role=alert]")) $("[role=alert]").tabIndex = -1;

  // ---------- how long
  for (const field of $$("[data-most]")) {
    const label = $(`label[for="${field.id}"]`);
    const counter = document.createElement("span");
    counter.className = "counter hint";
    label.append(counter);
    const count = () => {
      const length = [...field.value.trim()].length;
      const over = length > Number(field.dataset.most);
      counter.textContent = over ? `${length} · ${words.tooLong}` : length;
      counter.classList.toggle("over", over);
    };
    field.addEventListener("input", count);
    count();
  }

  // ---------- one more row below a list
  for (const list of $$(".entries")) {
    list.addEventListener("input", () => {
      const rows = $$(".entry", list);
      if (!$$("input", rows.at(-1)).some((input) => input.value)) return;
      const next = rows.at(-1).cloneNode(true);
      for (const hint of $$("p", next)) hint.remove();
      for (const input of $$("input", next)) input.value = "";
      for (const name of ["id", "for", "aria-label"]) {
        for (const part of $$(`[${name}]`, next)) {
          part.setAttribute(name, part.getAttribute(name).replace(/\d+$/, rows.length + 1));
        }
      }
      rows.at(-1).after(next);
    });
  }

  // ---------- a name that is known by another spelling: one tag has one
  const fold = (text) => text.normalize("NFKC").trim().toLowerCase()
    .replace(/[\u064b-\u0655\u0670\u0640]/g, "").replace(/[أإآٱ]/g, "ا").replace(/ى/g, "ي").replace(/ة/g, "ه").replace(/[ؤئ]/g, "ء");
  for (const form of $$("form")) {
    form.addEventListener("change", ({target}) => {
      if (!target.list || !target.value) return;
      const same = [...target.list.options].find((option) => fold(option.value) === fold(target.value));
      if (same) target.value = same.value;
    });
  }

  // ---------- now and tomorrow morning, by the clock of the site
  for (const button of $$("[data-now]")) {
    button.addEventListener("click", () => {
      const [, sign, hours, minutes] = button.dataset.offset.match(/([+-])(\d\d)(\d\d)/);
      const offset = (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
      const later = button.dataset.later ? 24 * 60 : 0;
      const local = new Date(Date.now() + (offset + later) * 60000).toISOString();
      const field = (name) => document.getElementById(`${button.dataset.now}.${name}`);
      field("day").value = local.slice(0, 10);
      field("time").value = later ? "06:00" : local.slice(11, 16);
      field("day").dispatchEvent(new Event("input", {bubbles: true}));
    });
  }

  // ---------- marks of the text
  const put = (text, from = text.length, to = from) => {
    const {selectionStart: start, selectionEnd: end} = body;
    body.focus();
    body.setSelectionRange(start, end);
    // The browser's own undo knows it so.
    if (!document.execCommand("insertText", false, text)) body.setRangeText(text, start, end, "end");
    body.setSelectionRange(start + from, start + to);
    body.dispatchEvent(new Event("input", {bubbles: true}));
  };
  const around = (before, inside, after) => put(before + inside + after, before.length, before.length + inside.length);
  const block = (text, inside) => {
    const before = body.value.slice(0, body.selectionStart);
    const lead = !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
    const at = inside ? lead.length + text.indexOf(inside) : lead.length + text.length;
    put(`${lead}${text}\n\n`, at, at + (inside ?? "").length);
  };
  const chosen = () => body.value.slice(body.selectionStart, body.selectionEnd);
  const tools = {
    head: (word) => block(`## ${chosen() || word}`, chosen() || word),
    bold: (word) => around("**", chosen() || word, "**"),
    list: (word) => block((chosen() || word).split("\n").map((line) => `- ${line}`).join("\n"), chosen() ? "" : word),
    quote: (word) => block(`> ${(chosen() || "…").split("\n").join("\n> ")}\n> — ${word}`, word),
    note: (word) => {
      const number = [...body.value.matchAll(/\[\^(\d+)\]:/g)].reduce((most, match) => Math.max(most, Number(match[1])), 0) + 1;
      put(`[^${number}]`);
      const end = body.value.replace(/\n*$/, "");
      body.setSelectionRange(end.length, body.value.length);
      put(`\n\n[^${number}]: ${word}\n`, `\n\n[^${number}]: `.length, `\n\n[^${number}]: ${word}`.length);
    },
    picture: () => $("#body-picture").click(),
    link: (word) => find((target) => around("[", chosen() || word, `](${target})`), true),
  };
  for (const button of $$("[data-tool]")) {
    button.addEventListener("click", () => tools[button.dataset.tool](button.dataset.words));
  }

  // ---------- a story by its title
  const dialog = $("#find");
  const find = (take, links) => {
    const list = $("#found");
    const field = $("#find-words");
    const {selectionStart, selectionEnd} = body ?? {};
    $("#find-other").hidden = !links;
    list.replaceChildren();
    field.value = "";
    const choose = (value) => {
      dialog.close();
      body?.setSelectionRange(selectionStart, selectionEnd);
      take(value);
    };
    let asked = 0;
    field.oninput = async () => {
      const turn = ++asked;
      const answer = await fetch(`/titles?${new URLSearchParams({q: field.value, path: story.dataset.path})}`);
      const rows = await answer.json();
      if (turn !== asked) return;
      list.replaceChildren(...rows.map((row) => {
        const item = document.createElement("li");
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = `${row.title} · ${row.day}`;
        button.addEventListener("click", () => choose(links ? row.link : row.id, row));
        item.append(button);
        return item;
      }));
      if (!rows.length && field.value) list.textContent = list.dataset.none;
    };
    field.onkeydown = (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      $("button", list)?.focus();
    };
    $("[data-url]").onclick = () => $("#find-url").value && choose($("#find-url").value);
    dialog.showModal();
    field.focus();
  };
  for (const list of $$("[data-titles]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "small";
    button.textContent = words.search;
    button.addEventListener("click", () => find((id) => {
      const empty = $$("input", list).find((input) => !input.value);
      empty.value = id;
      empty.dispatchEvent(new Event("input", {bubbles: true}));
      empty.focus();
    }, false));
    list.after(button);
  }

  // ---------- pictures
  for (const place of $$(".drop")) {
    const input = $("input", place);
    for (const name of ["dragover", "dragleave", "drop"]) {
      place.addEventListener(name, (event) => {
        event.preventDefault();
        place.classList.toggle("over", name === "dragover");
        if (name !== "drop" || !event.dataTransfer.files.length) return;
        input.files = event.dataTransfer.files;
        input.dispatchEvent(new Event("change", {bubbles: true}));
      });
    }
  }
  const alt = document.getElementById("image.alt");
  const source = document.getElementById("image.src");
  const demand = () => {
    if (alt) alt.required = Boolean(source.value || $("#picture").files.length);
  };
  $("#picture")?.addEventListener("change", () => { demand(); alt.focus(); });
  source?.addEventListener("input", demand);

  // A picture of the text is sent at once; the line that shows it comes to where one writes.
  const upload = $("#upload");
  $("#body-picture")?.addEventListener("change", async () => {
    const form = new FormData(upload);
    const [path, base] = ["path", "base"].map((name) => $(`input[name=${name}]`, story));
    const here = () => [path.value, source?.value, body?.value].join("\0");
    let asked, name, moved;
    do {
      asked = here();
      form.set("path", path.value);
      if (body) {
        form.set("body", body.value.slice(0, body.selectionEnd));
        form.set("after", body.value.slice(body.selectionEnd));
      }
      if (source) form.set("src", source.value);
      const answer = await fetch("/upload", {method: "POST", body: form, headers: {accept: "application/json"}}).catch(() => null);
      if (!answer?.ok) return upload.submit(); // the page says why, or the browser that nobody answers
      moved = await answer.json();
      name ??= moved.name;
      form.delete("picture");
      if (base.value === form.get("base")) base.value = moved.base; // a draft that came back is older
    } while ((moved.body ?? moved.src) !== undefined && here() !== asked); // typed while it was sent
    // In its new folder the article names its old neighbours by other paths.
    if (moved.src !== undefined) source.value = moved.src;
    if (moved.body !== undefined) {
      body.value = moved.body + moved.after;
      body.setSelectionRange(moved.body.length, moved.body.length);
    }
    for (const field of $$("input[name=path]")) field.value = moved.path;
    for (const field of $$("input[name=base]")) field.value = base.value;
    story.dataset.path = moved.path;
    bring();
    history.replaceState(null, "", `/edit?${new URLSearchParams({path: moved.path})}`);
    const word = $("[data-tool=picture]").dataset.words;
    block(`![${word}](${name} "${words.caption}")`, word);
    upload.reset();
  });

  // ---------- nothing is lost with the window
  const key = (path) => `mujaz-draft:${path}`;
  const drafts = (at) => {
    try {
      return [JSON.parse(localStorage.getItem(at) ?? "[]")].flat().filter((one) => Array.isArray(one?.values));
    } catch {
      return [];
    }
  };
  // Whether there was room for them.
  const write = (at, all) => {
    try {
      if (all.length) localStorage.setItem(at, JSON.stringify(all.slice(-3)));
      else localStorage.removeItem(at);
      return true;
    } catch {
      return false;
    }
  };
  // A lone file that became a bundle has its drafts by its old name.
  const bring = () => {
    const lone = key(story.dataset.path.replace(/\/index\.md(?=$|:)/, ".md"));
    const here = key(story.dataset.path);
    if (lone === here || !drafts(lone).length) return;
    if (write(here, [...drafts(here), ...drafts(lone)])) write(lone, []);
  };
  if (story) {
    // The browser would put what was typed before into a page that came after another's save, whose conflict would not
    // be seen. The drafts below say what they began with.
    story.autocomplete = "off";
    const status = $("#saving");
    const named = () => $$("input, textarea, select", story).filter((field) => field.name && !["hidden", "file"].includes(field.type));
    const values = () => named().map((field) => [field.name, ["checkbox", "radio"].includes(field.type) ? field.checked : field.value]);
    const shown = JSON.stringify(values());
    let going = false;
    const dirty = () => JSON.stringify(values()) !== shown;
    const place = () => key(story.dataset.path);
    // Drafts of this file, the newest last, each of one window. They stay until they are restored, forgotten or saved.
    const own = `${Date.now()}-${Math.random()}`;
    const gone = [];
    const keep = () => {
      const others = drafts(place()).filter((one) => one.id !== own && !gone.includes(JSON.stringify(one)));
      const now = {id: own, base: $("input[name=base]", story).value, values: values()};
      const kept = write(place(), dirty() ? [...others, now] : others);
      status.textContent = !dirty() ? words.saved : kept ? words.kept : words.notKept;
    };
    const next = () => {
      const draft = found.pop();
      gone.push(JSON.stringify(draft));
      return draft;
    };
    const address = new URL(location.href);
    const saved = address.searchParams.get("done") === "saved";
    if (saved) { // said once: what is typed from now on is not, also where this address is opened again
      address.searchParams.delete("done");
      history.replaceState(null, "", address);
    }
    bring();
    const sent = saved ? sessionStorage.getItem("mujaz-sent") : null;
    const found = drafts(place()).filter((one) => ![sent, shown].includes(JSON.stringify(one.values)));
    write(place(), found);
    if (found.length) {
      $("#unsaved").hidden = false;
      $("[data-restore]").addEventListener("click", () => {
        const seen = {};
        const draft = next();
        // What another saved since then is a conflict, not to be overwritten.
        $("input[name=base]", story).value = draft.base;
        for (const [name, value] of draft.values) {
          const at = (seen[name] = (seen[name] ?? -1) + 1);
          let field = named().filter((one) => one.name === name)[at];
          if (!field) {
            const last = named().filter((one) => one.name === name).at(-1);
            last?.dispatchEvent(new Event("input", {bubbles: true}));
            field = named().filter((one) => one.name === name)[at];
          }
          if (!field) continue;
          if (["checkbox", "radio"].includes(field.type)) field.checked = value;
          else field.value = value;
          field.dispatchEvent(new Event("input", {bubbles: true}));
        }
        keep();
        $("#unsaved").hidden = !found.length;
        body?.focus();
      });
      $("[data-forget]").addEventListener("click", () => {
        next();
        keep();
        $("#unsaved").hidden = !found.length;
      });
    }
    story.addEventListener("input", keep);
    story.addEventListener("submit", () => {
      going = true;
      keep();
      sessionStorage.setItem("mujaz-sent", JSON.stringify(values())); // not what is typed while it is sent
    });
    addEventListener("beforeunload", (event) => { if (dirty() && !going) event.preventDefault(); });
    addEventListener("keydown", (event) => {
      if ((event.ctrlKey || event.metaKey) && event.code === "KeyS") {
        event.preventDefault();
        story.requestSubmit();
      }
    });
  }
})();
