/* What HTML alone cannot do: drop files, keep drafts, open a row, close menus. Every page works without it. */
(function () {
  "use strict";
  var who = document.body.dataset.who || "";
  var prefix = "bihuan:" + who + ":";

  /* Rows open their matter wherever they are clicked; the link in the title cell serves keyboards. */
  document.addEventListener("click", function (event) {
    var row = event.target.closest("tr[data-href]");
    if (row && !event.target.closest("a, button, input, label, summary") && !String(window.getSelection())) {
      window.location.assign(row.dataset.href);
    }
    document.querySelectorAll("details[data-menu][open]").forEach(function (menu) {
      if (!menu.contains(event.target)) menu.open = false;
    });
    var printer = event.target.closest("[data-print]");
    if (printer) window.print();
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    document.querySelectorAll("details[data-menu][open]").forEach(function (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });

  var focus = document.querySelector("[data-focus]");
  if (focus) focus.focus();

  document.querySelectorAll("details[data-wide-open]").forEach(function (part) {
    if (window.matchMedia("(min-width: 64rem)").matches) part.open = true;
  });

  /* The place one is at is in sight, in a list of places too long for a low screen. */
  document.querySelectorAll(".side [aria-current]").forEach(function (here) {
    var list = here.closest("ul");
    var below = here.getBoundingClientRect().bottom - list.getBoundingClientRect().bottom;
    if (below > 0) list.scrollTop += below + 48;
  });

  /* Files: drop anywhere on the face, see what was chosen and how large it is. */
  function size(bytes) {
    return bytes < 1048576 ? Math.max(1, Math.round(bytes / 1024)) + " KB" : (bytes / 1048576).toFixed(1) + " MB";
  }
  function list(box, input) {
    var place = box.querySelector("[data-file-list]");
    if (!place) return;
    place.querySelectorAll("img").forEach(function (image) { URL.revokeObjectURL(image.src); });
    place.textContent = "";
    Array.prototype.forEach.call(input.files, function (file) {
      var line = document.createElement("li");
      if (/^image\//.test(file.type)) {
        var image = document.createElement("img");
        image.src = URL.createObjectURL(file);
        image.alt = "";
        line.appendChild(image);
      }
      var name = document.createElement("span");
      name.textContent = file.name;
      var weight = document.createElement("small");
      weight.textContent = size(file.size);
      line.appendChild(name);
      line.appendChild(weight);
      place.appendChild(line);
    });
    box.classList.toggle("has-files", input.files.length > 0);
  }
  document.querySelectorAll("[data-files]").forEach(function (box) {
    var input = box.querySelector("input[type=file]");
    if (!input) return;
    input.addEventListener("change", function () { list(box, input); });
    ["dragenter", "dragover"].forEach(function (kind) {
      box.addEventListener(kind, function (event) { event.preventDefault(); box.classList.add("over"); });
    });
    ["dragleave", "drop"].forEach(function (kind) {
      box.addEventListener(kind, function (event) { event.preventDefault(); box.classList.remove("over"); });
    });
    box.addEventListener("drop", function (event) {
      if (!event.dataTransfer.files.length) return;
      var kept = event.dataTransfer.files;
      if (!input.multiple && kept.length > 1) {
        var one = new DataTransfer();
        one.items.add(kept[0]);
        kept = one.files;
      }
      input.files = kept;
      list(box, input);
    });
  });

  /* What could be meant while a name is typed. */
  document.querySelectorAll("input[data-suggest]").forEach(function (input) {
    var options = document.getElementById(input.getAttribute("list"));
    var timer;
    if (!options) return;
    input.addEventListener("input", function () {
      clearTimeout(timer);
      timer = setTimeout(function () {
        fetch(input.dataset.suggest + "?q=" + encodeURIComponent(input.value), { credentials: "same-origin" })
          .then(function (answer) { return answer.ok ? answer.text() : ""; })
          .then(function (html) { options.innerHTML = html; })
          .catch(function () { options.textContent = ""; });
      }, 250);
    });
  });

  /* Drafts: what was typed survives a lost connection or a closed page, on this device, for this person. */
  function fields(form) {
    return Array.prototype.filter.call(form.elements, function (one) {
      return one.name && !/^(file|password|hidden|submit|button)$/.test(one.type) && one.name !== "csrfmiddlewaretoken" &&
        !one.closest("[data-no-draft]");
    });
  }
  function read(key) {
    try { return JSON.parse(window.localStorage.getItem(key)); } catch (error) { return null; }
  }
  function write(key, value) {
    try { window.localStorage.setItem(key, JSON.stringify(value)); } catch (error) { /* full or forbidden: no draft */ }
  }
  function keys() {
    var found = [];
    for (var i = 0; i < window.localStorage.length; i += 1) {
      var key = window.localStorage.key(i);
      if (key.indexOf(prefix) === 0) found.push(key);
    }
    return found;
  }
  function outbox() {
    var sign = document.querySelector("[data-outbox]");
    if (!sign) return;
    var waiting = keys().filter(function (key) { var draft = read(key); return draft && draft.unsent; });
    sign.hidden = waiting.length === 0;
    if (waiting.length) sign.href = waiting[0].slice(prefix.length);
    sign.querySelector("[data-outbox-count]").textContent = String(waiting.length);
  }
  document.querySelectorAll("form[data-draft]").forEach(function (form) {
    var key = prefix + form.dataset.draft;
    var note = form.querySelector("[data-draft-note]");
    var say = function (words) { if (note) { note.textContent = words; note.hidden = !words; } };
    var draft = read(key);
    if (draft && !form.querySelector("[aria-invalid], .refused")) {
      fields(form).forEach(function (one) {
        if (!(one.name in draft.values)) return;
        var value = draft.values[one.name];
        if (one.type === "checkbox" || one.type === "radio") one.checked = value.indexOf(one.value) >= 0;
        else if (!one.value) one.value = value[0] || "";
      });
      say(draft.unsent ? "上次没有发送出去，内容已恢复，请检查后再提交（照片须重选）。" : "已恢复上次没写完的内容（照片须重选）。");
    }
    var keep = function (unsent) {
      var values = {};
      fields(form).forEach(function (one) {
        values[one.name] = values[one.name] || [];
        if (one.type === "checkbox" || one.type === "radio") { if (one.checked) values[one.name].push(one.value); }
        else values[one.name].push(one.value);
      });
      write(key, { values: values, unsent: unsent });
      outbox();
    };
    var timer;
    form.addEventListener("input", function () {
      clearTimeout(timer);
      timer = setTimeout(function () { keep(false); say("草稿已存在本机"); }, 600);
    });
    form.addEventListener("submit", function (event) {
      clearTimeout(timer);
      if (!navigator.onLine) {
        event.preventDefault();
        event.stopImmediatePropagation();
        keep(true);
        say("现在没有网络，内容已存在本机，联网后请再点一次提交。");
        return;
      }
      keep(true);
      window.sessionStorage.setItem("bihuan:sent", key);
    });
  });
  /* A draft that was sent is dropped once an ordinary page follows; its form coming back means a refusal, a page that keeps
     drafts that another was first: it was sent and answered, and what was typed is kept. */
  var sent = window.sessionStorage.getItem("bihuan:sent");
  if (sent && document.querySelector(".shell")) {
    var back = document.querySelector("[data-keep-draft]") || Array.prototype.some.call(document.querySelectorAll("form[data-draft]"), function (form) {
      return prefix + form.dataset.draft === sent;
    });
    var answered = back && read(sent);
    if (answered) write(sent, { values: answered.values, unsent: false });
    else window.localStorage.removeItem(sent);
    window.sessionStorage.removeItem("bihuan:sent");
  }
  document.querySelectorAll("form[data-signout]").forEach(function (form) {
    form.addEventListener("submit", function () {
      keys().forEach(function (key) { window.localStorage.removeItem(key); });
    });
  });
  outbox();

  /* The tab one stands on is in sight, however long its strip. */
  document.querySelectorAll(".tabs [aria-current]").forEach(function (tab) {
    var strip = tab.parentNode;
    strip.scrollLeft = tab.offsetLeft - strip.offsetLeft - (strip.clientWidth - tab.offsetWidth) / 2;
  });

  /* An entry that a link names is shown, folded away or not. */
  function unfold() {
    var named = /^#entry-\d+$/.test(window.location.hash) && document.querySelector(window.location.hash);
    var folded = named && named.closest("[data-history]");
    if (folded && !folded.open) { folded.open = true; named.scrollIntoView(); }
  }
  window.addEventListener("hashchange", unfold);
  unfold();

  /* Sending is visible, and a second press does nothing. */
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (event.defaultPrevented || form.method.toLowerCase() !== "post") return;
    if (form.dataset.sending) { event.preventDefault(); return; }
    form.dataset.sending = "1";
    var button = event.submitter || form.querySelector("button[type=submit]");
    if (button && !button.closest(".who-menu")) {
      button.classList.add("sending");
      button.setAttribute("aria-busy", "true");
    }
  });
  window.addEventListener("pageshow", function (event) {
    if (!event.persisted) return;
    document.querySelectorAll("form[data-sending]").forEach(function (form) { delete form.dataset.sending; });
    document.querySelectorAll(".sending").forEach(function (button) { button.classList.remove("sending"); });
  });
})();
