/* An inspection on site: what is done waits in the phone until it is sent, and is sent once. No library, no inline code. */
(function () {
  "use strict";
  var root = document.querySelector("[data-site]");
  var told = JSON.parse(document.getElementById("site-data").textContent);
  var stage = root.querySelector("[data-stage]");
  var csrf = root.dataset.csrf;
  var box = told.who + "|" + told.no;
  var queue = [];
  var busy = false;
  var again = null;
  var wait = 4000;
  var halted = "";

  /* ---- the phone's own memory ---- */
  function open() {
    return new Promise(function (good, bad) {
      var asked = window.indexedDB.open("bihuan-site", 1);
      asked.onupgradeneeded = function () { asked.result.createObjectStore("queue", { keyPath: "key" }); };
      asked.onsuccess = function () { good(asked.result); };
      asked.onerror = function () { bad(asked.error); };
    });
  }
  function store(mode, work) {
    return open().then(function (db) {
      return new Promise(function (good, bad) {
        var deal = db.transaction("queue", mode);
        var answer = work(deal.objectStore("queue"));
        deal.oncomplete = function () { good(answer && answer.result); db.close(); };
        deal.onerror = deal.onabort = function () { bad(deal.error); db.close(); };
      });
    });
  }
  function keep(entry) { return store("readwrite", function (held) { held.put(entry); }); }
  function drop(key) { return store("readwrite", function (held) { held.delete(key); }); }
  function load() {
    return store("readonly", function (held) { return held.getAll(); }).then(function (all) {
      return all.filter(function (entry) { return entry.box === box; }).sort(function (a, b) { return a.at - b.at; });
    });
  }

  function uuid7() {
    var bytes = window.crypto.getRandomValues(new Uint8Array(16));
    var now = Date.now();
    for (var i = 5; i >= 0; i -= 1) { bytes[i] = now % 256; now = Math.floor(now / 256); }
    bytes[6] = (bytes[6] & 15) | 112;
    bytes[8] = (bytes[8] & 63) | 128;
    var hex = Array.prototype.map.call(bytes, function (one) { return ("0" + one.toString(16)).slice(-2); }).join("");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  }
  function stamp() {
    var now = new Date();
    var two = function (value) { return ("0" + value).slice(-2); };
    var off = -now.getTimezoneOffset();
    var sign = off < 0 ? "-" : "+";
    off = Math.abs(off);
    return now.getFullYear() + "-" + two(now.getMonth() + 1) + "-" + two(now.getDate()) + "T" + two(now.getHours()) + ":" +
      two(now.getMinutes()) + ":" + two(now.getSeconds()) + sign + two(Math.floor(off / 60)) + ":" + two(off % 60);
  }

  /* ---- doing: first kept, then sent ---- */
  function act(deed, input, photos, subject) {
    input.device_at = stamp();
    var entry = { key: uuid7(), box: box, at: Date.now() + queue.length / 1000, deed: deed, input: input, photos: photos || [], sent: [], subject: subject, error: "" };
    var old = queue.filter(function (one) { return subject && one.subject === subject && !one.going; });
    queue = queue.filter(function (one) { return old.indexOf(one) < 0; });
    queue.push(entry);
    return keep(entry)
      .then(function () { return Promise.all(old.map(function (one) { return drop(one.key); })); })
      .catch(function () { warn("手机存储已满或被禁用，刚才填写的内容只在本页，请保持页面打开直到显示已提交"); })
      .then(function () { mark(); return sync(); });
  }
  function post(address, body, headers) {
    headers = headers || {};
    headers["X-CSRFToken"] = csrf;
    return window.fetch(told.here + address, { method: "POST", credentials: "same-origin", headers: headers, body: body }).then(function (answer) {
      var json = (answer.headers.get("Content-Type") || "").indexOf("json") >= 0;
      if (!answer.ok || !json) {
        var lost = new Error("server");
        lost.signin = answer.redirected || answer.status === 403 || (answer.ok && !json);
        lost.gone = answer.status === 404;
        throw lost;
      }
      return answer.json();
    });
  }
  function upload(entry) {
    var left = entry.photos[0];
    if (!left) return Promise.resolve();
    var form = new FormData();
    form.append("photo", left, left.name || "现场照片.jpg");
    return post("photo/", form).then(function (answer) {
      if (!answer.ok) { entry.error = answer.failures[0].message; entry.photos.shift(); return keep(entry).then(function () { return upload(entry); }); }
      entry.sent.push(answer.uid);
      entry.photos.shift();
      return keep(entry).then(function () { return upload(entry); });
    });
  }
  function next() { return queue.filter(function (entry) { return !entry.error; }).slice(0, 20); }
  function sync() {
    if (busy || halted || !next().length) { mark(); return Promise.resolve(); }
    if (!navigator.onLine) { mark(); return Promise.resolve(); }
    busy = true;
    mark();
    var batch = next();
    batch.forEach(function (entry) { entry.going = true; });
    return batch.reduce(function (before, entry) { return before.then(function () { return upload(entry); }); }, Promise.resolve())
      .then(function () {
        var entries = batch.map(function (entry) {
          var input = Object.assign({}, entry.input);
          if (entry.sent.length) input.photos = entry.sent;
          return { key: entry.key, deed: entry.deed, input: input };
        });
        return post("sync/", JSON.stringify({ entries: entries }), { "Content-Type": "application/json" });
      })
      .then(function (answer) {
        wait = 4000;
        warn("");
        var done = answer.answers.map(function (one) {
          var entry = batch.filter(function (each) { return each.key === one.key; })[0];
          if (!entry) return null;
          if (one.ok) {
            queue = queue.filter(function (each) { return each.key !== one.key; });
            settle(entry);
            return drop(entry.key);
          }
          entry.error = one.failures.map(function (each) { return each.message; }).join("；");
          if (entry.deed === "arrive") { halted = entry.error; window.setTimeout(draw, 0); }
          return keep(entry);
        });
        var before = told.state;
        told.state = answer.state;
        return Promise.all(done).then(function () { if (before !== told.state && told.state === "on_site") reload(); });
      })
      .catch(function (lost) {
        if (lost.signin) warn("登录已过期。已填内容保存在手机，重新登录后打开本页会继续提交。");
        else if (lost.gone) warn("没有查到这次检查，或已不由您检查。已填内容仍保存在手机。");
        else {
          window.clearTimeout(again);
          again = window.setTimeout(sync, wait);
          wait = Math.min(wait * 2, 60000);
        }
        if (lost.signin || lost.gone) halted = "signin";
      })
      .then(function () {
        batch.forEach(function (entry) { entry.going = false; });
        busy = false;
        mark();
        if (!halted && next().length && wait === 4000 && navigator.onLine) return sync();
        return null;
      });
  }
  function reload() {
    /* What is used on site is settled by the server at arrival: take its lists. */
    if (!queue.length) window.location.reload();
  }
  function settle(entry) {
    if (entry.deed === "tick") {
      var item = told.items.filter(function (one) { return one.id === entry.input.item; })[0];
      if (item && !queue.some(function (one) { return one.subject === entry.subject; })) Object.assign(item, { outcome: entry.input.outcome, note: entry.input.note || "" });
    }
    if (entry.deed === "find") told.findings.push({ order: 0, place: entry.input.place, words: entry.input.words, handling: "" });
  }

  /* ---- showing ---- */
  function make(tag, name, words) {
    var made = document.createElement(tag);
    if (name) made.className = name;
    if (words) made.textContent = words;
    return made;
  }
  function warn(words) {
    var place = root.querySelector("[data-warn]");
    place.textContent = words;
    place.hidden = !words;
  }
  function labelled(words, control, form) {
    var label = make("label", control.type === "checkbox" ? "line" : "");
    if (control.type === "checkbox") { label.appendChild(control); label.appendChild(document.createTextNode(words)); }
    else { label.appendChild(document.createTextNode(words)); label.appendChild(control); }
    form.appendChild(label);
    return control;
  }
  function input(type, name, value) {
    var made = document.createElement(type === "area" ? "textarea" : "input");
    if (type === "area") made.rows = 2; else made.type = type;
    made.name = name;
    if (value) made.value = value;
    made.autocomplete = "off";
    return made;
  }
  function choices(name, pairs, value) {
    var made = make("select");
    made.name = name;
    pairs.forEach(function (pair) {
      var option = make("option", "", pair[1]);
      option.value = pair[0];
      if (pair[0] === value) option.selected = true;
      made.appendChild(option);
    });
    return made;
  }
  function camera(form) {
    var held = [];
    var pick = input("file", "photos");
    pick.accept = "image/jpeg,image/png,image/webp";
    pick.setAttribute("capture", "environment");
    var shown = make("ul", "site-photos");
    pick.addEventListener("change", function () {
      Array.prototype.forEach.call(pick.files, function (file) {
        held.push(file);
        var line = make("li");
        var image = make("img");
        image.src = URL.createObjectURL(file);
        image.alt = "现场照片";
        line.appendChild(image);
        shown.appendChild(line);
      });
      pick.value = "";
    });
    labelled("拍照", pick, form);
    form.appendChild(shown);
    return held;
  }
  function dealing(form, item) {
    var way = labelled("处理", choices("handling", told.handlings, item.handling || "rectify"), form);
    var due = labelled("整改期限", input("date", "due_on", item.due_on || told.usual), form);
    var measure = labelled("现场处理措施", input("text", "measure", item.measure), form);
    var fit = function () {
      due.parentNode.hidden = way.value !== "rectify";
      measure.parentNode.hidden = way.value !== "measure";
    };
    way.addEventListener("change", fit);
    fit();
    return function () {
      return { handling: way.value, due_on: way.value === "rectify" ? due.value : "", measure: way.value === "measure" ? measure.value : "" };
    };
  }
  function draft(form, name) {
    var key = "bihuan:site:" + box + ":" + name;
    var fields = form.querySelectorAll("input:not([type=file]):not([type=checkbox]), textarea, select");
    try {
      var held = JSON.parse(window.localStorage.getItem(key));
      if (held) Array.prototype.forEach.call(fields, function (one) { if (held[one.name]) { one.value = held[one.name]; one.dispatchEvent(new Event("change")); } });
    } catch (error) { /* forbidden: no draft */ }
    form.addEventListener("input", function () {
      var values = {};
      Array.prototype.forEach.call(fields, function (one) { values[one.name] = one.value; });
      try { window.localStorage.setItem(key, JSON.stringify(values)); } catch (error) { /* full or forbidden */ }
    });
    return function () { try { window.localStorage.removeItem(key); } catch (error) { /* forbidden */ } };
  }

  function arriving() {
    var card = make("section", "site-card");
    card.appendChild(make("h2", "", "到场登记"));
    card.appendChild(make("p", "", "登记到场后开始检查。没有网络也可以登记，时间按手机记录，联网后自动提交。"));
    var form = make("div", "site-form");
    var place = labelled("检查场所", input("text", "place"), form);
    var shown = input("checkbox", "shown");
    if (told.enforcing) labelled("已出示执法证件、说明来意", shown, form);
    var position = "";
    if (navigator.geolocation) {
      var locate = make("button", "site-big", "记下手机定位（可不填）");
      locate.type = "button";
      locate.addEventListener("click", function () {
        navigator.geolocation.getCurrentPosition(function (found) {
          position = found.coords.longitude.toFixed(5) + ", " + found.coords.latitude.toFixed(5);
          locate.textContent = "已记下定位 " + position;
        }, function () { locate.textContent = "没有取得定位，不影响登记"; }, { timeout: 10000, maximumAge: 60000 });
      });
      form.appendChild(locate);
    }
    var go = make("button", "site-big go", "登记到场");
    go.type = "button";
    var clear = draft(form, "arrive");
    go.addEventListener("click", function () {
      if (!place.value.trim()) { warn("请填写检查场所，例如“二车间”"); place.focus(); return; }
      if (told.enforcing && !shown.checked) { warn("执法检查应当主动出示执法证件，请出示后勾选"); return; }
      warn("");
      clear();
      halted = "";
      act("arrive", { place: place.value.trim(), shown: shown.checked, position: position }, [], "arrive").then(draw);
    });
    form.appendChild(go);
    card.appendChild(form);
    return card;
  }

  function heading(first) {
    var head = make("div", "site-group");
    head.appendChild(make("h3", "", first.group));
    var rest = make("button", "", "其余均符合");
    rest.type = "button";
    rest.dataset.rest = first.group;
    rest.addEventListener("click", function () {
      var open = told.items.filter(function (item) { return item.list === first.list && item.group === first.group && !outcome(item); });
      if (!open.length || !window.confirm("“" + first.group + "”其余 " + open.length + " 项都已逐项检查，均符合要求？")) return;
      open.forEach(function (item) { act("tick", { item: item.id, outcome: "pass" }, [], "item:" + item.id); });
    });
    head.appendChild(rest);
    return head;
  }
  function pending(subject) { return queue.filter(function (entry) { return entry.subject === subject; }).pop(); }
  function outcome(item) {
    var waiting = pending("item:" + item.id);
    return waiting ? waiting.input.outcome : item.outcome;
  }
  function itemCard(item) {
    var card = make("section", "site-card");
    card.dataset.item = item.id;
    var head = make("p", "", item.no + ". " + item.content);
    if (item.major) head.appendChild(make("span", "site-major", "（重大事故隐患判定项）"));
    card.appendChild(head);
    var more = make("details");
    more.appendChild(make("summary", "", "怎么查、依据"));
    [item.method, item.violation && "违法情形：" + item.violation, item.basis && "依据：" + item.basis + (item.unverified ? "（待核对）" : "")].forEach(function (words) {
      if (words) more.appendChild(make("p", "", words));
    });
    card.appendChild(more);
    var three = make("div", "site-three");
    three.setAttribute("role", "group");
    three.setAttribute("aria-label", "第 " + item.no + " 项结果");
    [["pass", "符合"], ["fail", "不符合"], ["na", "不适用"]].forEach(function (pair) {
      var button = make("button", pair[0] === "fail" ? "bad" : "", pair[1]);
      button.type = "button";
      button.dataset.outcome = pair[0];
      button.addEventListener("click", function () {
        if (pair[0] === "fail") { failing(card, item); return; }
        var form = card.querySelector(".site-form");
        if (form) form.remove();
        act("tick", { item: item.id, outcome: pair[0] }, [], "item:" + item.id);
      });
      three.appendChild(button);
    });
    card.appendChild(three);
    card.appendChild(make("span", "site-mark"));
    return card;
  }
  function failing(card, item) {
    if (card.querySelector(".site-form")) return;
    var waiting = pending("item:" + item.id);
    var former = Object.assign({}, item, waiting && waiting.input.outcome === "fail" ? waiting.input : {});
    var form = make("div", "site-form");
    var place = labelled("具体部位", input("text", "place", former.place), form);
    var note = labelled("现场情况", input("area", "note", former.note), form);
    var dealt = dealing(form, former);
    var photos = camera(form);
    var save = make("button", "site-big go", "保存第 " + item.no + " 项：不符合");
    save.type = "button";
    var clear = draft(form, "item:" + item.id);
    save.addEventListener("click", function () {
      if (!note.value.trim()) { warn("第 " + item.no + " 项不符合，请写明现场情况（在哪里、是什么样）"); note.focus(); return; }
      warn("");
      clear();
      form.remove();
      act("tick", Object.assign({ item: item.id, outcome: "fail", note: note.value.trim(), place: place.value.trim() }, dealt()), photos, "item:" + item.id);
    });
    form.appendChild(save);
    card.insertBefore(form, card.querySelector(".site-mark"));
    note.focus();
  }
  function finding() {
    var card = make("section", "site-card");
    card.dataset.free = "1";
    card.appendChild(make("h2", "", "检查表以外的问题"));
    var list = make("ul");
    list.dataset.findings = "1";
    card.appendChild(list);
    var form = make("div", "site-form");
    var place = labelled("具体部位", input("text", "place"), form);
    var words = labelled("问题", input("area", "words"), form);
    var violated = labelled("违反的规定（可不填）", input("text", "violated"), form);
    var dealt = dealing(form, {});
    var photos = camera(form);
    var save = make("button", "site-big", "登记这个问题");
    save.type = "button";
    var clear = draft(form, "find");
    save.addEventListener("click", function () {
      if (!place.value.trim() || !words.value.trim()) { warn("请写明问题在哪个部位、是什么样"); return; }
      warn("");
      clear();
      var said = Object.assign({ place: place.value.trim(), words: words.value.trim(), violated: violated.value.trim(), grade: "general" }, dealt());
      var kept = photos.slice();
      act("find", said, kept, "").then(draw);
    });
    form.appendChild(save);
    card.appendChild(form);
    return card;
  }
  function ending() {
    var end = make("div", "site-end");
    var link = make("a", "site-big go", "结束检查，双方签字");
    link.dataset.finish = "1";
    link.href = told.finish;
    link.addEventListener("click", function (event) {
      if (queue.length) { event.preventDefault(); warn("还有 " + queue.length + " 条保存在手机，联网提交之后才能结束检查"); }
      else if (left().length) { event.preventDefault(); warn("还有 " + left().length + " 项没有填写结果"); }
    });
    end.appendChild(link);
    return end;
  }
  function left() { return told.items.filter(function (item) { return !outcome(item); }); }

  function draw() {
    stage.textContent = "";
    var going = pending("arrive");
    var arrived = told.state === "on_site" || (going && !going.error);
    if (!arrived) { stage.appendChild(arriving()); mark(); return; }
    var list = "", group = "";
    told.items.forEach(function (item) {
      if (item.list !== list) { list = item.list; group = ""; stage.appendChild(make("h2", "", list)); }
      if (item.group !== group) { group = item.group; stage.appendChild(heading(item)); }
      stage.appendChild(itemCard(item));
    });
    if (!told.items.length) stage.appendChild(make("p", "", "没有与该行业对应的检查表，发现的问题请逐条登记。"));
    stage.appendChild(finding());
    stage.appendChild(ending());
    mark();
  }
  function words(entry, sent) {
    if (entry && entry.error) return ["back", "没有收下：" + entry.error];
    if (entry) return ["kept", entry.going ? "正在提交…" : "已保存在手机，待提交"];
    return sent ? ["sent", "已提交"] : ["", ""];
  }
  function mark() {
    var online = navigator.onLine && wait === 4000;
    root.querySelector(".site-standing").classList.toggle("off", !online || queue.length > 0);
    root.querySelector("[data-net]").textContent = queue.length ? "已保存在手机 " + queue.length + " 条，" + (busy ? "正在提交" : online ? "待提交" : "没有网络，联网后自动提交") : !online ? "没有网络，可以继续填写" : told.state === "on_site" ? "已提交" : "网络正常";
    root.querySelector("[data-progress]").textContent = told.items.length && stage.querySelector("[data-item]") ? "已填 " + (told.items.length - left().length) + " / " + told.items.length + " 项" : "";
    var arrive = pending("arrive");
    if (arrive && arrive.error) warn("到场没有登记成功：" + arrive.error);
    stage.querySelectorAll("[data-item]").forEach(function (card) {
      var item = told.items.filter(function (one) { return String(one.id) === card.dataset.item; })[0];
      var now = outcome(item);
      card.classList.toggle("fail", now === "fail");
      card.querySelectorAll("[data-outcome]").forEach(function (button) { button.setAttribute("aria-pressed", String(button.dataset.outcome === now)); });
      var said = words(pending("item:" + item.id), item.outcome);
      var sign = card.querySelector(".site-mark");
      sign.className = "site-mark " + said[0];
      sign.textContent = said[1];
    });
    var list = stage.querySelector("[data-findings]");
    if (list) {
      list.textContent = "";
      told.findings.forEach(function (one) { list.appendChild(make("li", "", one.place + "：" + one.words + "（已提交）")); });
      queue.filter(function (entry) { return entry.deed === "find"; }).forEach(function (entry) {
        var line = make("li", "", entry.input.place + "：" + entry.input.words + "（" + words(entry)[1] + "）");
        if (entry.error) {
          var away = make("button", "site-big", "去掉这一条，改好再登记");
          away.type = "button";
          away.addEventListener("click", function () {
            queue = queue.filter(function (one) { return one !== entry; });
            drop(entry.key).then(mark);
          });
          line.appendChild(away);
        }
        list.appendChild(line);
      });
    }
  }

  window.addEventListener("online", function () { wait = 4000; sync(); });
  window.addEventListener("offline", mark);
  window.addEventListener("beforeunload", function (event) { if (busy) event.preventDefault(); });
  load().catch(function () { return []; }).then(function (held) {
    queue = held;
    queue.forEach(function (entry) { entry.going = false; entry.error = ""; });
    draw();
    return sync();
  });
})();
