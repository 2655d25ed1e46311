"use strict";
(function () {
  var form = document.querySelector(".filters");
  var all = function (what, root) { return Array.prototype.slice.call((root || document).querySelectorAll(what)); };
  var reports = all(".report").map(function (element) {
    return {
      element: element,
      row: document.querySelector('.matrix tr[data-u="' + element.dataset.u + '"]'),
      name: element.querySelector(".head").textContent.toLowerCase(),
      findings: all(".f", element).map(function (item) {
        return { element: item, text: item.textContent.toLowerCase() };
      }),
    };
  });

  function filter() {
    var severities = all('[name="s"]:checked', form).map(function (box) { return box.value; });
    var rule = form.elements.r.value;
    var unit = form.elements.u ? form.elements.u.value : "";
    var words = form.elements.q.value.trim().toLowerCase();
    var narrow = severities.length < 3 || rule || words;
    var shown = 0, files = 0;
    reports.forEach(function (report) {
      var wanted = !unit || unit === report.element.dataset.u;
      var named = words && report.name.indexOf(words) >= 0;
      var count = 0;
      report.findings.forEach(function (finding) {
        var data = finding.element.dataset;
        var fits = wanted && severities.indexOf(data.s) >= 0 && (!rule || rule === data.r) &&
          (!words || named || finding.text.indexOf(words) >= 0);
        finding.element.hidden = !fits;
        count += fits ? 1 : 0;
      });
      all(".row", report.element).forEach(function (row) {
        var notes = all(".f", row);
        row.classList.toggle("idle", Boolean(narrow) && !notes.some(function (note) { return !note.hidden; }));
      });
      var visible = wanted && (!narrow || count > 0 || Boolean(named && severities.length === 3 && !rule));
      report.element.hidden = !visible;
      if (report.row) { report.row.hidden = !visible; }
      shown += count;
      files += visible ? 1 : 0;
    });
    document.body.classList.toggle("filtered", Boolean(narrow));
    var output = form.querySelector("output");
    output.textContent = output.dataset.say.replace("{0}", shown).replace("{1}", files);
  }

  function reveal() {
    var target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (var element = target; element; element = element.parentElement) {
      if (element.tagName === "DETAILS") { element.open = true; }
    }
    if (target) { target.scrollIntoView({ block: "center" }); }
  }

  function light(event) {
    var numbers = [];
    var from = event.target.closest ? event.target.closest(".f, [data-f]") : null;
    all(".lit").forEach(function (element) { element.classList.remove("lit"); });
    if (!from) { return; }
    numbers = from.dataset.f ? from.dataset.f.split(" ") : [from.id];
    all("[data-f]").forEach(function (element) {
      var own = element.dataset.f.split(" ");
      if (own.some(function (number) { return numbers.indexOf(number) >= 0; })) { element.classList.add("lit"); }
    });
    numbers.forEach(function (number) {
      var note = document.getElementById(number);
      if (note) { note.classList.add("lit"); }
    });
  }

  if (form) {
    form.hidden = false;
    form.addEventListener("input", filter);
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.addEventListener("reset", function () { setTimeout(filter, 0); });
    if (form.elements.open) {
      form.elements.open.addEventListener("click", function () {
        var folded = all("details.report:not([hidden])");
        var close = folded.every(function (element) { return element.open; });
        folded.forEach(function (element) { element.open = !close; });
      });
    }
    filter();
  }
  document.addEventListener("mouseover", light);
  document.addEventListener("focusin", light);
  window.addEventListener("hashchange", reveal);
  reveal();
})();
