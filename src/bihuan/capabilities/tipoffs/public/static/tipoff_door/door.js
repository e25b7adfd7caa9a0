/* The public door: photos ahead of the form, a map to tap, a receipt to keep. Every page works without it.
   Nothing is kept in the browser: the telephone may be somebody else's. */
(function () {
  "use strict";
  var LONGEST = 1920, TRIES = 4;
  function all(selector, within) { return Array.prototype.slice.call((within || document).querySelectorAll(selector)); }
  function one(selector, within) { return (within || document).querySelector(selector); }
  function say(place, words) { if (place) place.textContent = words; }
  function token() { var field = one("[name=csrfmiddlewaretoken]"); return field ? field.value : ""; }

  /* Send, and again when the network drops: the form carries its own identity, so twice is once. */
  function send(url, make, on) {
    var tries = 0;
    (function go() {
      var request = new XMLHttpRequest();
      request.open("POST", url);
      request.setRequestHeader("X-CSRFToken", token());
      request.timeout = 120000;
      if (on.progress) request.upload.onprogress = function (event) { if (event.lengthComputable) on.progress(event.loaded / event.total); };
      request.onload = function () { on.answer(request); };
      request.onerror = request.ontimeout = function () {
        tries += 1;
        if (tries >= TRIES) { on.lost(); return; }
        if (on.again) on.again(tries);
        setTimeout(go, 1500 * tries);
      };
      request.send(make());
    })();
  }

  /* ── Photos ── */
  function smaller(file, then) {
    if (!window.URL || !HTMLCanvasElement.prototype.toBlob) { then(file); return; }
    var picture = new Image(), address = URL.createObjectURL(file);
    picture.onerror = function () { URL.revokeObjectURL(address); then(file); };
    picture.onload = function () {
      var share = Math.min(1, LONGEST / Math.max(picture.naturalWidth, picture.naturalHeight));
      if (share === 1 && file.size < 900000) { URL.revokeObjectURL(address); then(file); return; }
      var canvas = document.createElement("canvas");
      canvas.width = Math.max(1, Math.round(picture.naturalWidth * share));
      canvas.height = Math.max(1, Math.round(picture.naturalHeight * share));
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      URL.revokeObjectURL(address);
      canvas.toBlob(function (blob) { then(blob && blob.size < file.size ? blob : file); }, "image/jpeg", 0.82);
    };
    picture.src = address;
  }
  function photosOf(form, place, most, url) {
    var list = one("[data-shots]", place), says = one("[data-shots-says]", place), waiting = 0, idle = null;
    function settled() { waiting -= 1; if (!waiting && idle) { var go = idle; idle = null; go(); } }
    function awayFor(item) {
      var button = document.createElement("button");
      button.type = "button"; button.className = "away"; button.textContent = "×"; button.setAttribute("aria-label", "去掉这张照片");
      button.onclick = function () { item.dataset.gone = "1"; item.remove(); say(says, ""); };
      item.appendChild(button);
    }
    all("li", list).forEach(function (item) { one(".drop", item).remove(); awayFor(item); });
    function upload(item, blob) {
      var bar = document.createElement("progress"), old = one(".fault", item);
      if (old) old.remove();
      bar.max = 1; bar.value = 0; item.appendChild(bar); waiting += 1;
      function failed(words, again) {
        bar.remove();
        var fault = document.createElement(again ? "button" : "p");
        fault.className = "fault"; fault.textContent = words;
        if (again) { fault.type = "button"; fault.onclick = function () { upload(item, blob); }; }
        item.appendChild(fault); settled();
      }
      send(url, function () {
        var data = new FormData();
        data.append("pass", one("[name=pass]", form).value); data.append("photo", blob, "photo.jpg");
        return data;
      }, {
        progress: function (share) { bar.value = share; },
        answer: function (request) {
          var told = {};
          try { told = JSON.parse(request.responseText); } catch (error) { told = {}; }
          if (request.status !== 200) { failed(told.says || "没传上，点这里重传", !told.says || request.status >= 500); return; }
          bar.remove();
          if (item.dataset.gone) { settled(); return; }
          var field = document.createElement("input");
          field.type = "hidden"; field.name = "photo"; field.value = told.photo; item.appendChild(field); settled();
        },
        lost: function () { failed("没有网络，点这里重传", true); }
      });
    }
    function take(input) {
      var files = Array.prototype.slice.call(input.files);
      input.value = "";
      files.forEach(function (file) {
        if (all("li", list).length >= most) { say(says, "照片最多 " + most + " 张，多出的没有加上。"); return; }
        var item = document.createElement("li"), image = document.createElement("img");
        image.alt = "第" + (all("li", list).length + 1) + "张照片"; item.appendChild(image); awayFor(item); list.appendChild(item);
        smaller(file, function (blob) { image.src = URL.createObjectURL(blob); if (!item.dataset.gone) upload(item, blob); });
      });
    }
    all("[data-camera], [data-album]", place).forEach(function (input) { input.addEventListener("change", function () { take(input); }); });
    return {
      whenIdle: function (then) { if (waiting) { idle = then; return false; } then(); return true; },
      failed: function () { return all(".fault", list).length; }
    };
  }

  /* ── The form ── */
  function formOf(form) {
    var url = form.dataset.photos || "/report/photos/", place = one("[data-pick]", form) ? (one("#f-photos", form) || form) : null;
    var photos = place ? photosOf(form, place, Number(form.dataset.most || 6), url) : null;
    var button = one("[data-send]", form), says = one("[data-send-says]", form), busy = false, sure = false;
    function free(words) { busy = false; button.disabled = false; say(says, words); }
    function deliver() {
      say(says, "正在发送…");
      send(form.getAttribute("action"), function () { return new FormData(form); }, {
        again: function (tries) { say(says, "网络不好，正在第 " + (tries + 1) + " 次发送，不会重复…"); },
        answer: function (request) {
          if (request.status === 200 && "final" in form.dataset) { form.submit(); return; }
          if (/^text\/html/.test(request.getResponseHeader("Content-Type") || "") && request.status < 500 && request.status !== 403) { swap(request.responseText); return; }
          free("没有发送成功，内容都在，请再点一次；还不行请拨打12350。");
        },
        lost: function () { free("没有网络，内容和照片都在。有网后请再点一次“发送”。"); }
      });
    }
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      if (busy) return;
      if (photos && photos.failed() && !sure) { sure = true; say(says, "有照片没传上。可以点照片重传；不传了就再点一次发送。"); return; }
      busy = true; button.disabled = true;
      if (!photos) { deliver(); return; }
      if (!photos.whenIdle(deliver)) say(says, "照片还在上传，传完自动发送…");
    });
  }
  function swap(html) {
    var page = new DOMParser().parseFromString(html, "text/html"), main = one("main", page);
    document.title = page.title;
    one("main").replaceWith(main);
    begin();
    window.scrollTo(0, 0);
  }

  /* ── The place ── */
  function mapOf(box) {
    var form = box.closest("form"), lat = one("[data-lat]", form), lon = one("[data-lon]", form), says = one("[data-pin-says]", box);
    var region = one("[data-region]", form), part = one("[data-map]", box), map = part ? drawn(part) : null, chosen = Boolean(region && region.value);
    if (region) region.addEventListener("change", function () { chosen = Boolean(region.value); });
    function put(latitude, longitude, how) {
      lat.value = latitude.toFixed(5); lon.value = longitude.toFixed(5);
      var near = map ? map.mark(latitude, longitude) : null, words = how;
      if (near && near.inside) {
        words += near.sure ? "，在" + near.name : "，离" + near.name + "较近";
        if (near.sure && region && !chosen && one("option[value='" + near.region + "']", region)) region.value = near.region;
      } else if (map) { words += "（在本区示意图以外，请核对）"; }
      says.textContent = words + "。";
      var undo = document.createElement("button");
      undo.type = "button"; undo.textContent = "去掉位置"; undo.className = "undo";
      undo.onclick = function () { lat.value = lon.value = ""; says.textContent = ""; if (map) map.clear(); };
      says.appendChild(undo);
    }
    if (map) {
      map.onpick = function (latitude, longitude) { put(latitude, longitude, "已标出位置"); };
      var open = one("[data-open-map]", box);
      open.onclick = function () { part.hidden = !part.hidden; open.setAttribute("aria-expanded", String(!part.hidden)); open.textContent = part.hidden ? "在地图上点" : "收起地图"; if (!part.hidden) map.fit(); };
    }
    one("[data-here]", box).onclick = function () {
      if (!navigator.geolocation) { says.textContent = "这部手机不能定位，请写地点或在地图上点。"; return; }
      says.textContent = "正在定位，请在弹出的窗口里点“允许”…";
      navigator.geolocation.getCurrentPosition(function (found) {
        put(found.coords.latitude, found.coords.longitude, "已用现在的位置，误差约 " + Math.round(found.coords.accuracy) + " 米");
        if (map) { part.hidden = false; open.setAttribute("aria-expanded", "true"); open.textContent = "收起地图"; map.go(found.coords.latitude, found.coords.longitude); }
      }, function () { says.textContent = "没有得到位置（可能没有允许）。请写地点，或在地图上点。"; }, { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 });
    };
    if (lat.value && lon.value) put(Number(lat.value), Number(lon.value), "已标出位置");
  }
  function drawn(part) {
    var svg = one("svg", part), wide = Number(svg.dataset.w), high = Number(svg.dataset.h), per = Number(svg.dataset.per);
    var north = Number(svg.dataset.north), west = Number(svg.dataset.west), pin = one("[data-pin]", svg), spot = null;
    var view = { x: wide / 2, y: high / 2, w: wide }, me = {}, fingers = {}, moved = 0, spread = 0;
    var labels = all(".towns text", svg).concat(all(".villages text", svg));
    function box() { var r = svg.getBoundingClientRect(); return { w: r.width || 320, h: r.height || 340, left: r.left, top: r.top }; }
    function unit() { return view.w / box().w; }
    function widest() { var b = box(); return Math.max(wide, high * b.w / b.h) * 1.04; }
    function show() {
      var b = box();
      view.w = Math.min(Math.max(view.w, 600), widest());
      view.x = Math.min(Math.max(view.x, 0), wide); view.y = Math.min(Math.max(view.y, 0), high);
      var h = view.w * b.h / b.w, k = unit();
      svg.setAttribute("viewBox", [view.x - view.w / 2, view.y - h / 2, view.w, h].join(" "));
      name(k, widest() / view.w);
      if (spot) pin.setAttribute("transform", "translate(" + spot.x + " " + spot.y + ") scale(" + k * 1.25 + ")");
      scale(k);
    }
    function name(k, zoom) {
      var taken = [];
      labels.forEach(function (label) {
        var town = label.parentNode.classList.contains("towns"), size = (town ? 17 : 15) * k;
        var x = Number(label.getAttribute("x")), y = Number(label.getAttribute("y")), half = label.textContent.length * size * 0.54;
        var free = town || zoom > 1.7;
        if (free) free = !taken.some(function (t) { return Math.abs(t.x - x) < t.half + half && Math.abs(t.y - y) < t.size * 0.7 + size * 0.7; });
        label.setAttribute("visibility", free ? "visible" : "hidden");
        if (!free) return;
        label.setAttribute("font-size", size); label.setAttribute("stroke-width", k * 3.5);
        taken.push({ x: x, y: y, half: half, size: size });
      });
    }
    function scale(k) {
      var nice = [100, 200, 500, 1000, 2000, 5000, 10000, 20000], metres = nice[0];
      nice.forEach(function (each) { if (each / k <= 110) metres = each; });
      var bar = one("[data-scale]", part);
      bar.textContent = metres < 1000 ? metres + " 米" : metres / 1000 + " 公里";
      bar.style.width = Math.round(metres / k) + "px";
    }
    function at(event) {
      var b = box(), k = view.w / b.w;
      return { x: view.x + (event.clientX - b.left - b.w / 2) * k, y: view.y + (event.clientY - b.top - b.h / 2) * k };
    }
    function pick(point) { me.onpick(north - point.y / 111320, west + point.x / per); }
    function zoom(by, point) {
      var before = view.w;
      view.w = Math.min(Math.max(view.w / by, 600), widest());
      if (point) { view.x = point.x + (view.x - point.x) * view.w / before; view.y = point.y + (view.y - point.y) * view.w / before; }
      show();
    }
    svg.addEventListener("pointerdown", function (event) {
      if (svg.setPointerCapture) svg.setPointerCapture(event.pointerId);
      fingers[event.pointerId] = event;
      if (Object.keys(fingers).length === 1) moved = 0; else moved = 99;
      spread = 0;
    });
    svg.addEventListener("pointermove", function (event) {
      var last = fingers[event.pointerId], ids = Object.keys(fingers);
      if (!last) return;
      if (ids.length === 1) {
        moved += Math.abs(event.clientX - last.clientX) + Math.abs(event.clientY - last.clientY);
        if (moved > 7) { view.x -= (event.clientX - last.clientX) * unit(); view.y -= (event.clientY - last.clientY) * unit(); show(); }
      }
      fingers[event.pointerId] = event;
      if (ids.length === 2) {
        var a = fingers[ids[0]], b = fingers[ids[1]], now = Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
        if (spread && now) zoom(now / spread, at({ clientX: (a.clientX + b.clientX) / 2, clientY: (a.clientY + b.clientY) / 2 }));
        spread = now;
      }
    });
    svg.addEventListener("pointerup", function (event) {
      var single = Object.keys(fingers).length === 1;
      delete fingers[event.pointerId];
      if (single && moved <= 7) pick(at(event));
    });
    svg.addEventListener("pointercancel", function (event) { delete fingers[event.pointerId]; });
    svg.addEventListener("wheel", function (event) { event.preventDefault(); zoom(event.deltaY < 0 ? 1.25 : 0.8, at(event)); }, { passive: false });
    svg.addEventListener("keydown", function (event) {
      var step = view.w / 6, go = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[event.key];
      if (go) { view.x += go[0]; view.y += go[1]; show(); }
      else if (event.key === "+" || event.key === "=") zoom(1.5);
      else if (event.key === "-") zoom(1 / 1.5);
      else if (event.key === "Enter" || event.key === " ") pick(view);
      else return;
      event.preventDefault();
    });
    all("[data-zoom]", part).forEach(function (button) { button.onclick = function () { zoom(button.dataset.zoom === "in" ? 1.7 : 1 / 1.7); }; });
    me.fit = function () { if (!spot) view = { x: wide / 2, y: high / 2, w: widest() }; show(); };
    me.mark = function (latitude, longitude) {
      spot = { x: (longitude - west) * per, y: (north - latitude) * 111320 };
      pin.setAttribute("visibility", "visible"); show();
      var inside = spot.x >= 0 && spot.y >= 0 && spot.x <= wide && spot.y <= high;
      var towns = all("[data-areas] polygon", svg).filter(holds), near = null, least = Infinity;
      labels.forEach(function (label) {
        var d = Math.hypot(Number(label.getAttribute("x")) - spot.x, Number(label.getAttribute("y")) - spot.y);
        if (label.parentNode.classList.contains("towns") && d < least) { least = d; near = label; }
      });
      if (towns.length === 1) near = labels.filter(function (label) { return label.dataset.region === towns[0].dataset.region; })[0] || near;
      return near ? { name: near.textContent, region: near.dataset.region, inside: inside, sure: towns.length === 1 } : null;
    };
    function holds(area) {
      var corners = area.getAttribute("points").split(" ").map(function (pair) { return pair.split(",").map(Number); }), within = false;
      corners.forEach(function (a, at) {
        var b = corners[(at + corners.length - 1) % corners.length];
        if ((a[1] > spot.y) !== (b[1] > spot.y) && spot.x < (b[0] - a[0]) * (spot.y - a[1]) / (b[1] - a[1]) + a[0]) within = !within;
      });
      return within;
    }
    me.clear = function () { spot = null; pin.setAttribute("visibility", "hidden"); };
    me.go = function (latitude, longitude) {
      me.mark(latitude, longitude);
      view = { x: spot.x, y: spot.y, w: Math.min(widest(), 3000) }; show();
    };
    window.addEventListener("resize", function () { if (!part.hidden) show(); });
    return me;
  }

  /* ── The receipt ── */
  function receiptOf(card) {
    var number = card.dataset.receipt, says = one("[data-receipt-says]", card);
    function copied(done) { say(says, done ? "已复制，请粘贴到安全的地方。" : "没能复制，请抄下来或截屏。"); }
    one("[data-copy]", card).onclick = function () {
      var plain = number.replace(/ /g, "");
      if (navigator.clipboard && window.isSecureContext) { navigator.clipboard.writeText(plain).then(function () { copied(true); }, function () { copied(false); }); return; }
      var field = document.createElement("textarea");
      field.value = plain; document.body.appendChild(field); field.select();
      var done = false;
      try { done = document.execCommand("copy"); } catch (error) { done = false; }
      field.remove(); copied(done);
    };
    one("[data-print]", card).onclick = function () { window.print(); };
    one("[data-save]", card).onclick = function () {
      var canvas = document.createElement("canvas"), pen = canvas.getContext("2d"), parts = number.split(" ");
      canvas.width = 900; canvas.height = 640;
      pen.fillStyle = "#ffffff"; pen.fillRect(0, 0, 900, 640);
      pen.fillStyle = "#123f7a"; pen.fillRect(0, 0, 900, 110);
      function line(words, font, colour, y) { pen.font = font + " sans-serif"; pen.fillStyle = colour; pen.textAlign = "center"; pen.fillText(words, 450, y, 860); }
      line(card.dataset.district + "安全生产举报查询码", "600 42px", "#ffffff", 70);
      line(parts.slice(0, 2).join("  "), "600 84px", "#1b2430", 240);
      line(parts.slice(2).join("  "), "600 84px", "#1b2430", 350);
      line("凭此号码查办理结果，遗失不补，请勿告诉他人", "32px", "#4d5866", 450);
      line(window.location.host + "/report/progress/", "32px", "#123f7a", 520);
      line("举报日期 " + card.dataset.day, "28px", "#4d5866", 590);
      canvas.toBlob(function (blob) {
        var address = URL.createObjectURL(blob), place = one("[data-picture]", card), image = document.createElement("img"), link = document.createElement("a");
        image.src = address; image.alt = "查询码 " + number;
        place.textContent = "没有自动保存的，请长按下面的图片，选“保存图片”："; place.appendChild(image); place.hidden = false;
        link.href = address; link.download = "举报查询码.png"; document.body.appendChild(link); link.click(); link.remove();
        say(says, "图片已生成。");
      }, "image/png");
    };
  }
  function codeOf(input) {
    input.addEventListener("input", function () {
      var plain = input.value.replace(/[０-９]/g, function (c) { return String.fromCharCode(c.charCodeAt(0) - 65248); }).replace(/\D/g, "").slice(0, 16);
      if (input.selectionStart === input.value.length) input.value = plain.replace(/(.{4})(?=.)/g, "$1 ");
    });
  }

  function begin() {
    document.body.classList.remove("no-js");
    all(".only-js:not(.picture)").forEach(function (part) { part.hidden = false; });
    all(".album span").forEach(function (words) { words.textContent = "从相册选"; });
    all("form[data-tipoff]").forEach(formOf);
    all("[data-map-box]").forEach(mapOf);
    all("[data-receipt]").forEach(receiptOf);
    all("[data-code]").forEach(codeOf);
    var focus = one("[data-focus]");
    if (focus) focus.focus({ preventScroll: false });
  }
  begin();
})();
