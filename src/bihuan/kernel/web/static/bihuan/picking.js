/* Text beside items: what is selected in the text fills the form for adding; without it, a passage is copied by hand. */
(function () {
  "use strict";
  var speech = document.querySelector("[data-speech]");
  var quote = document.querySelector("[data-picked]");
  if (!speech || !quote) return;
  var start = document.querySelector("[data-picked-start]");
  var hint = document.querySelector("[data-picked-hint]");
  var length = function (text) { return Array.from(text).length; };

  /* Where a place of the page lies in the text: each run says where it begins. */
  function place(node, offset) {
    var run = (node.nodeType === 3 ? node.parentNode : node).closest("[data-at]");
    if (!run) return null;
    var range = document.createRange();
    range.setStart(run, 0);
    range.setEnd(node, offset);
    return Number(run.dataset.at) + length(range.toString());
  }

  document.addEventListener("mouseup", pick);
  document.addEventListener("touchend", function () { setTimeout(pick, 50); });
  function pick() {
    var selection = window.getSelection();
    if (!selection || selection.isCollapsed || !speech.contains(selection.anchorNode) || !speech.contains(selection.focusNode)) return;
    var range = selection.getRangeAt(0);
    var text = range.toString();
    var at = place(range.startContainer, range.startOffset);
    if (at === null || length(text.trim()) < 4 || length(text) > 1000) return;
    var lead = length(text) - length(text.replace(/^\s+/, ""));
    quote.value = text.trim();
    start.value = String(at + lead);
    hint.textContent = "已选中 " + length(text.trim()) + " 字，点“补充”就成为一条。";
    document.getElementById("add").open = true;
  }
  quote.addEventListener("input", function () { start.value = ""; });

  /* Dragging over a highlighted run selects it; only a plain click leads to its item. */
  speech.addEventListener("dragstart", function (event) { event.preventDefault(); });
  speech.addEventListener("click", function (event) {
    if (String(window.getSelection())) event.preventDefault();
  });
})();
