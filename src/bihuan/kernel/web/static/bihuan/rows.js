/* Lines of several parts (日期；单位；…) as rows to fill in; without script, or by choice, they stay one text.
   Where the lines are known beforehand (data-lines), each stands there with its words and only the rest is asked. */
(function () {
  "use strict";
  function element(name, attributes, text) {
    var made = document.createElement(name);
    Object.keys(attributes).forEach(function (key) { made.setAttribute(key, attributes[key]); });
    if (text) made.textContent = text;
    return made;
  }

  document.querySelectorAll("textarea[data-rows]").forEach(function (text) {
    var columns = JSON.parse(text.dataset.rows);
    var known = JSON.parse(text.dataset.lines || "[]");
    var words = known.length ? text.parentNode.querySelector(".rows-known") : null;
    var mark = text.dataset.mark || "；";
    var apart = mark === "｜" ? "[｜|\\t]" : "[；;｜|\\t]";
    var box = element("div", { "class": "rows", role: "group", "aria-label": text.labels[0] ? text.labels[0].firstChild.textContent : "" });
    var list = element("ol", { "class": "rows-list" });
    var add = element("button", { type: "button", "class": "btn btn-sm" }, "再加一行");
    var swap = element("button", { type: "button", "class": "btn btn-sm" }, "改为成段粘贴");
    var bar = element("p", { "class": "rows-bar" });
    bar.append(add, swap);
    box.append(list);
    text.after(box, bar);
    var asText = false;
    var name = text.id;
    box.tabIndex = -1;
    if (text.hasAttribute("aria-describedby")) box.setAttribute("aria-describedby", text.getAttribute("aria-describedby"));

    function cell(column, value, place) {
      var label = element("label", { "class": "rows-cell" + (column.wide ? " rows-wide" : "") });
      label.append(element("span", {}, column.label));
      var field;
      if (column.choices) {
        field = element("select", { "class": "form-select" });
        [""].concat(column.choices).forEach(function (choice) { field.append(element("option", { value: choice }, choice || "请选择")); });
        if (value && column.choices.indexOf(value) < 0) field.append(element("option", { value: value }, value));
      } else {
        field = element("input", { "class": "form-control", type: column.kind === "date" ? "date" : "text", autocomplete: "off" });
        if (column.kind === "number") field.setAttribute("inputmode", "decimal");
        if (column.kind === "date" && value && !/^\d{4}-\d\d-\d\d$/.test(value)) field.type = "text";
      }
      field.value = value || "";
      field.dataset.place = place;
      label.append(field);
      return label;
    }

    /* A line that is waited for: what it is about is told, its first part is not typed, and it stays. */
    function waited(told, values) {
      var line = element("li", { "class": "rows-line" });
      var first = element("input", { type: "hidden", value: told[0], "data-place": 0 });
      line.append(element("p", { "class": "rows-told" }, told[1]), first);
      columns.slice(1).forEach(function (column, place) {
        var made = cell(column, values[place + 1], place + 1);
        made.lastChild.setAttribute("aria-label", column.label + "：" + told[1]);
        line.append(made);
      });
      line.dataset.waited = "";
      list.append(line);
    }

    function row(values) {
      var line = element("li", { "class": "rows-line" });
      columns.forEach(function (column, place) { line.append(cell(column, (values || [])[place], place)); });
      var gone = element("button", { type: "button", "class": "btn btn-sm rows-gone" }, "删去这一行");
      gone.addEventListener("click", function () {
        var after = line.nextElementSibling || line.previousElementSibling;
        line.remove();
        if (!list.children.length) after = row();
        number();
        write();
        firstOf(after).focus();
      });
      line.append(gone);
      list.append(line);
      number();
      return line;
    }

    function firstOf(line) { return line.querySelector("[data-place]:not([type=hidden])"); }

    /* Whoever does not see the rows hears which one a field and a button belong to. */
    function number() {
      Array.prototype.forEach.call(list.children, function (line, place) {
        if ("waited" in line.dataset) return;
        line.querySelectorAll("[data-place]").forEach(function (field) {
          field.setAttribute("aria-label", columns[field.dataset.place].label + "，第 " + (place + 1) + " 行");
        });
        line.querySelector(".rows-gone").setAttribute("aria-label", "删去这一行：第 " + (place + 1) + " 行");
      });
    }

    /* A line of more parts than there are columns keeps them all, in the last one. */
    function fitted(pieces) {
      var last = columns.length - 1;
      return pieces.length > columns.length ? pieces.slice(0, last).concat(pieces.slice(last).join("，")) : pieces;
    }

    function read() {
      list.textContent = "";
      var written = text.value.split("\n").filter(function (line) { return line.trim(); }).map(function (line) {
        return fitted(line.split(new RegExp(apart)).map(function (piece) { return piece.trim(); }));
      });
      known.forEach(function (told) {
        var place = written.findIndex(function (values) { return values[0] === told[0]; });
        waited(told, place < 0 ? [] : written.splice(place, 1)[0]);
      });
      written.forEach(row);
      if (!list.children.length) row();
    }

    /* What is typed in a cell never parts the line: its own marks become commas. */
    function write() {
      var lines = [];
      Array.prototype.forEach.call(list.children, function (line) {
        var values = Array.prototype.map.call(line.querySelectorAll("[data-place]"), function (field) {
          return field.value.trim().replace(new RegExp("(?:" + apart + "|\\n)+", "g"), "，");
        });
        var said = "waited" in line.dataset ? values.slice(1) : values;
        if (said.join("")) lines.push(values.join(mark));
      });
      text.value = lines.join("\n");
      text.dispatchEvent(new Event("input", { bubbles: true }));
    }

    /* Whichever is seen bears the name that the summary of what is wrong leads to. */
    function show() {
      box.id = asText ? name + "_rows" : name;
      text.id = asText ? name : name + "_text";
      text.hidden = !asText;
      box.hidden = asText;
      add.hidden = asText || known.length > 0;
      if (words) words.hidden = !asText;
      swap.textContent = asText ? "改为逐行填写" : "改为成段粘贴";
    }

    /* Enter leads on to the next field or line, and never sends a form half filled in. */
    list.addEventListener("keydown", function (event) {
      if (event.key !== "Enter" || event.isComposing || event.target.tagName !== "INPUT") return;
      event.preventDefault();
      var all = Array.prototype.slice.call(list.querySelectorAll("[data-place]:not([type=hidden])"));
      var next = all[all.indexOf(event.target) + 1];
      if (next) next.focus();
      else if (known.length) swap.focus();
      else if (event.target.closest("li").querySelector("[data-place]").value.trim()) firstOf(row()).focus();
    });
    add.addEventListener("click", function () { firstOf(row()).focus(); });
    swap.addEventListener("click", function () {
      asText = !asText;
      if (!asText) read();
      show();
      if (asText) text.focus();
    });
    list.addEventListener("input", write);
    list.addEventListener("change", write);
    text.required = false;
    read();
    show();
  });
})();
