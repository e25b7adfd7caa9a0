/* Inserting into a template where the cursor stands; moving and keeping the parts of a draft. Every page works without it. */
(function () {
  "use strict";
  var body = document.querySelector("[data-template-body]");
  var picker = document.querySelector("[data-template-picker]");
  if (body && picker) {
    var last = { start: body.value.length, end: body.value.length };
    var remember = function () { last = { start: body.selectionStart, end: body.selectionEnd }; };
    ["keyup", "click", "select", "blur"].forEach(function (name) { body.addEventListener(name, remember); });
    picker.addEventListener("click", function (event) {
      var pick = event.target.closest("[data-pick]");
      if (!pick) return;
      var text = pick.dataset.pick;
      if (text.charAt(0) === "\n" && (last.start === 0 || body.value.charAt(last.start - 1) === "\n")) text = text.slice(1);
      if (text.charAt(text.length - 1) === "\n" && body.value.charAt(last.end) === "\n") text = text.slice(0, -1);
      body.focus();
      body.setRangeText(text, last.start, last.end, "end");
      var inner = text.indexOf("【】");
      if (inner >= 0) body.setSelectionRange(last.start + inner + 1, last.start + inner + 1);
      remember();
      body.dispatchEvent(new Event("input", { bubbles: true }));
    });
    var search = picker.querySelector("[data-pick-search]");
    search.addEventListener("input", function () {
      var wanted = search.value.trim();
      picker.querySelectorAll(".pick-group").forEach(function (group) {
        var any = false;
        group.querySelectorAll("li").forEach(function (item) {
          var fits = !wanted || item.textContent.indexOf(wanted) >= 0;
          item.hidden = !fits;
          any = any || fits;
        });
        group.hidden = !any;
        if (wanted) group.open = any;
      });
    });
    search.addEventListener("keydown", function (event) { if (event.key === "Enter") event.preventDefault(); });
  }
  var here = document.querySelector("[data-scroll-here]");
  if (here) here.scrollIntoView();

  var form = document.querySelector("form[data-autosave]");
  if (!form) return;
  var note = form.querySelector("[data-draft-note]");
  var version = form.querySelector("[name=version]");
  var say = function (words) { note.textContent = words; note.hidden = !words; };
  var timer, sending = false, again = false, stopped = !!document.querySelector("[data-keep-draft]");

  function save() {
    if (stopped) return;
    if (sending) { again = true; return; }
    sending = true;
    fetch(form.action || window.location.href, {
      method: "POST", body: new FormData(form), headers: { "X-Autosave": "1" }, credentials: "same-origin"
    }).then(function (answer) {
      return answer.json().then(function (told) {
        if (answer.ok) version.value = told.version;
        if (answer.status === 409) stopped = true;
        say(told.says);
      });
    }).catch(function () { say("没有连上系统，内容已存在本机，恢复后会再保存。"); again = true; })
      .then(function () {
        sending = false;
        if (again && !stopped) { again = false; clearTimeout(timer); timer = setTimeout(save, 5000); }
      });
  }
  form.addEventListener("input", function () { clearTimeout(timer); timer = setTimeout(save, 2500); });
  form.addEventListener("submit", function () { clearTimeout(timer); stopped = true; });

  form.addEventListener("change", function (event) {
    if (!event.target.matches("[data-out]")) return;
    event.target.closest("[data-piece]").classList.toggle("draft-out", event.target.checked);
  });
  window.addEventListener("pageshow", function (event) { if (event.persisted) stopped = false; });
})();
