/* 手写签名板: a canvas that works with finger, pen and mouse and puts what was drawn into a hidden field as PNG.
   Marked by data-hand; inside: canvas, input[data-hand-picture], button[data-hand-clear]. No inline style or script. */
(function () {
  "use strict";
  function ready(pad) {
    var canvas = pad.querySelector("canvas"), field = pad.querySelector("[data-hand-picture]");
    var clear = pad.querySelector("[data-hand-clear]"), pen = canvas.getContext("2d"), drawing = false, last = null, drawn = 0;
    function blank() {
      var kept = drawn ? canvas.toDataURL("image/png") : "", ratio = Math.min(window.devicePixelRatio || 1, 2);
      canvas.width = Math.round(canvas.clientWidth * ratio);
      canvas.height = Math.round(canvas.clientHeight * ratio);
      pen.fillStyle = "#fff";
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.lineWidth = 2.6 * ratio;
      pen.lineCap = pen.lineJoin = "round";
      pen.strokeStyle = "#111";
      if (kept) {
        var image = new Image();
        image.onload = function () { pen.drawImage(image, 0, 0, canvas.width, canvas.height); tell(); };
        image.src = kept;
      }
    }
    function at(event) {
      var box = canvas.getBoundingClientRect();
      return { x: (event.clientX - box.left) * canvas.width / box.width, y: (event.clientY - box.top) * canvas.height / box.height };
    }
    function tell() {
      field.value = drawn > 3 ? canvas.toDataURL("image/png") : "";
      pad.dispatchEvent(new CustomEvent("hand:change", { bubbles: true, detail: { picture: field.value } }));
    }
    canvas.addEventListener("pointerdown", function (event) {
      event.preventDefault();
      canvas.setPointerCapture(event.pointerId);
      drawing = true;
      last = at(event);
    });
    canvas.addEventListener("pointermove", function (event) {
      if (!drawing) { return; }
      event.preventDefault();
      (event.getCoalescedEvents ? event.getCoalescedEvents() : [event]).forEach(function (each) {
        var here = at(each);
        pen.beginPath();
        pen.moveTo(last.x, last.y);
        pen.lineTo(here.x, here.y);
        pen.stroke();
        last = here;
        drawn += 1;
      });
    });
    ["pointerup", "pointercancel"].forEach(function (name) {
      canvas.addEventListener(name, function () { if (drawing) { drawing = false; tell(); } });
    });
    clear.addEventListener("click", function () { drawn = 0; blank(); tell(); });
    window.addEventListener("resize", function () { if (canvas.clientWidth && Math.abs(canvas.clientWidth * Math.min(window.devicePixelRatio || 1, 2) - canvas.width) > 2) { blank(); } });
    blank();
  }
  window.bihuanHand = ready;
  document.querySelectorAll("[data-hand]").forEach(ready);
})();
