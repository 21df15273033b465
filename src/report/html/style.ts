/** The look of the page. Colours are named once, for light and for dark; print is always light. */
export const style = `
:root { color-scheme: light dark;
  --ground:#f4f5f7; --paper:#fff; --ink:#17202b; --muted:#5d6b7b; --line:#dde2e8; --soft:#eef1f4;
  --series:#2458c5; --harm:#e8930c; --harm-soft:#fdf0d9; --guard:#c4233b; --bound:#7446c9; --good:#0f7b55;
  --passed:#0f7b55; --failed:#c4233b; --aborted:#a86200; --refused:#52606e; --errored:#9a2fa5; --inconclusive:#2f6f9c; }
@media screen and (prefers-color-scheme: dark) { :root {
  --ground:#0e1217; --paper:#161c23; --ink:#e5eaf0; --muted:#94a1b0; --line:#2b343f; --soft:#1e262f;
  --series:#7faaff; --harm:#f2aa3c; --harm-soft:#33291a; --guard:#ff6b7f; --bound:#b697ff; --good:#3fc796;
  --passed:#3fc796; --failed:#ff6b7f; --aborted:#f2aa3c; --refused:#9fb0c1; --errored:#e082ea; --inconclusive:#79bdea; } }
* { box-sizing:border-box; }
body { margin:0; background:var(--ground); color:var(--ink); font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif; -webkit-text-size-adjust:100%; }
main { max-width:1040px; margin:0 auto; padding:28px 20px 48px; display:grid; grid-template-columns:minmax(0,1fr); gap:18px; }
h1,h2,h3,p,ul,ol,dl,dd,figure,blockquote { margin:0; }
h1 { font-size:1.5rem; line-height:1.25; letter-spacing:-.015em; overflow-wrap:anywhere; }
h2 { font-size:1.1rem; letter-spacing:-.005em; margin-bottom:12px; }
h3 { font-size:1rem; overflow-wrap:anywhere; }
h3 .muted { font-weight:400; }
.muted,.note { color:var(--muted); font-size:.86rem; }
code,pre { font-family:ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace; font-size:.84em; overflow-wrap:anywhere; }
code { background:var(--soft); border-radius:4px; padding:.1em .38em; -webkit-box-decoration-break:clone; box-decoration-break:clone; }
section,.top { background:var(--paper); border:1px solid var(--line); border-radius:12px; padding:22px 24px; }
.top { border-top:6px solid var(--tone); display:grid; gap:20px; }
.passed { --tone:var(--passed); } .failed { --tone:var(--failed); } .aborted { --tone:var(--aborted); }
.refused { --tone:var(--refused); } .errored { --tone:var(--errored); } .inconclusive { --tone:var(--inconclusive); }
.verdict { display:flex; align-items:center; gap:14px; }
.verdict .sign { flex:none; width:52px; height:52px; border-radius:50%; background:var(--tone); color:var(--paper); display:grid; place-items:center; font-size:1.6rem; font-weight:700; line-height:1; }
.verdict strong { display:block; font-size:1.75rem; line-height:1.1; letter-spacing:-.02em; color:var(--tone); }
.verdict strong + span { color:var(--muted); }
blockquote { margin-top:8px; font-size:1.06rem; max-width:68ch; overflow-wrap:anywhere; }
.banner { background:var(--harm-soft); border-radius:8px; padding:10px 14px; font-weight:600; }
.facts { display:grid; grid-template-columns:repeat(auto-fill,minmax(190px,1fr)); gap:12px 22px; }
dt { color:var(--muted); font-size:.78rem; }
dd { overflow-wrap:anywhere; }
.top .facts { border-top:1px solid var(--line); padding-top:16px; }
.reasons ul { list-style:none; padding:0; display:grid; gap:8px; }
.reasons li { border-left:3px solid var(--tone); padding-left:13px; max-width:80ch; overflow-wrap:anywhere; }
.figures { display:grid; grid-template-columns:repeat(4,minmax(0,1fr)); padding:0; overflow:hidden; gap:1px; background:var(--line); }
.figure { background:var(--paper); padding:18px 20px; }
.figure h2 { font-size:.86rem; font-weight:600; color:var(--muted); margin:0; }
.big { font-size:1.7rem; line-height:1.25; font-weight:650; letter-spacing:-.02em; font-variant-numeric:tabular-nums; }
.detail { font-size:.9rem; font-variant-numeric:tabular-nums; }
.figure .muted { font-size:.8rem; margin-top:4px; }
.swatch { display:inline-block; width:22px; height:11px; border-radius:3px; vertical-align:-1px; border:1px solid var(--line); }
.swatch.fault-window { background:var(--harm-soft); border-color:var(--harm); }
.swatch.unknown { background:repeating-linear-gradient(135deg,var(--muted) 0 1.5px,transparent 1.5px 5px); margin-left:8px; }
.signal { margin-top:22px; padding-top:18px; border-top:1px solid var(--line); break-inside:avoid; }
.signal figcaption { display:flex; flex-wrap:wrap; align-items:baseline; gap:2px 12px; margin-bottom:8px; }
.plot { padding-top:20px; display:grid; grid-template:200px 24px / 68px minmax(0,1fr); }
.plot-area,.plot-y,.plot-x { position:relative; }
.plot-area svg { display:block; width:100%; height:100%; overflow:visible; }
.plot-y span { position:absolute; right:9px; transform:translateY(-50%); font-size:.76rem; color:var(--muted); white-space:nowrap; font-variant-numeric:tabular-nums; }
.plot-x { grid-column:2; }
.plot-x span { position:absolute; top:5px; transform:translateX(-50%); font-size:.76rem; color:var(--muted); font-variant-numeric:tabular-nums; }
.plot-label { position:absolute; top:3px; margin:0 5px; font-size:.74rem; font-weight:600; line-height:1.3; padding:0 4px; border-radius:3px; background:var(--paper); }
.plot-label.fault { top:-20px; margin:0; padding:0; color:var(--aborted); background:none; white-space:nowrap; }
.plot-label.breach { top:4px; color:var(--guard); }
.plot-empty { position:absolute; inset:0; display:grid; place-items:center; color:var(--muted); text-align:center; }
svg path { fill:none; vector-effect:non-scaling-stroke; }
.grid { stroke:var(--line); stroke-width:1; }
.series { stroke:var(--series); stroke-width:2; stroke-linecap:round; stroke-linejoin:round; }
rect.fault-window { fill:var(--harm-soft); }
.fault-edge { stroke:var(--harm); stroke-width:1; }
rect.unknown-ground { fill:var(--paper); opacity:.72; }
.hatch { stroke:var(--muted); stroke-width:2; opacity:.5; }
.bound { stroke:var(--bound); stroke-width:1.5; stroke-dasharray:6 4; }
.bound.guard { stroke:var(--guard); stroke-dasharray:2 3; stroke-width:2; }
.bound.steady-state,.bound.recovery { stroke:var(--good); }
.breach-line { stroke:var(--guard); stroke-width:1.5; }
.breach-dots { stroke:var(--guard); stroke-width:8; stroke-linecap:round; }
.bounds { list-style:none; padding:0; margin:8px 0 0 68px; display:flex; flex-wrap:wrap; gap:3px 20px; font-size:.84rem; }
.bounds li { overflow-wrap:anywhere; }
.bounds svg { width:26px; height:8px; vertical-align:1px; margin-right:3px; }
.bounds b { font-weight:600; }
.breach-reason { margin:9px 0 0 68px; color:var(--guard); font-weight:600; font-size:.92rem; overflow-wrap:anywhere; }
.table { overflow-x:auto; margin:11px 0 0 68px; }
table { border-collapse:collapse; font-size:.85rem; font-variant-numeric:tabular-nums; min-width:min(100%,520px); }
th,td { text-align:right; padding:4px 0 4px 22px; border-top:1px solid var(--line); white-space:nowrap; font-weight:400; }
thead th { border:0; color:var(--muted); font-size:.78rem; }
th:first-child { text-align:left; padding-left:0; }
.bars { display:grid; gap:4px; margin-bottom:18px; }
.bar { display:grid; grid-template-columns:104px minmax(0,1fr) 78px; align-items:center; gap:12px; font-size:.86rem; }
.bar-name { overflow-wrap:anywhere; }
.bar-track { position:relative; height:14px; border-radius:4px; background:var(--soft); overflow:hidden; }
.bar-track i { position:absolute; top:0; bottom:0; min-width:3px; border-radius:3px; background:var(--series); }
.bar.harm .bar-track i { background:var(--harm); }
.bar-length { text-align:right; color:var(--muted); font-variant-numeric:tabular-nums; white-space:nowrap; }
.events { list-style:none; padding:14px 0 0; border-top:1px solid var(--line); display:grid; gap:6px; }
.events li { display:grid; grid-template-columns:62px 12px minmax(0,1fr); align-items:baseline; gap:10px; }
.events li::before { content:""; grid-column:2; grid-row:1; width:9px; height:9px; border-radius:50%; background:var(--muted); }
.events .harm::before { background:var(--harm); } .events .bad::before { background:var(--guard); } .events .good::before { background:var(--good); }
.events time { grid-column:1; grid-row:1; text-align:right; color:var(--muted); font-size:.86rem; font-variant-numeric:tabular-nums; }
.events span { grid-column:3; overflow-wrap:anywhere; }
.card { border-top:1px solid var(--line); padding-top:14px; margin-top:14px; break-inside:avoid; }
.card:first-of-type { border:0; margin-top:0; padding-top:0; }
.card .facts { margin-top:10px; }
p + .card:first-of-type { margin-top:12px; }
section > h3 { margin:12px 0 4px; }
section > ul { padding-left:20px; }
.plan { display:grid; gap:12px; }
.plan > div { display:grid; grid-template-columns:190px minmax(0,1fr); gap:4px 20px; }
.plan dt { font-size:.9rem; }
.plan ol { padding-left:20px; }
details { margin-top:18px; border-top:1px solid var(--line); padding-top:12px; }
summary { cursor:pointer; font-weight:600; }
summary:focus-visible { outline:2px solid var(--series); outline-offset:3px; border-radius:3px; }
pre { white-space:pre-wrap; background:var(--soft); border-radius:8px; padding:14px; margin:12px 0 0; }
footer { color:var(--muted); font-size:.84rem; padding:4px 6px; display:grid; gap:6px; overflow-wrap:anywhere; }
@media (max-width:640px) {
  main { padding:10px 8px 28px; gap:10px; } section,.top { padding:17px 15px; border-radius:10px; }
  .figures { grid-template-columns:repeat(2,minmax(0,1fr)); padding:0; } .figure { padding:14px 15px; } .big { font-size:1.4rem; }
  .facts { grid-template-columns:repeat(2,minmax(0,1fr)); }
  .plot { grid-template:170px 24px / 52px minmax(0,1fr); } .plot-y span { font-size:.7rem; right:6px; }
  .plot-x span:nth-child(even) { display:none; }
  .bounds,.breach-reason,.table { margin-left:0; } .bounds { flex-direction:column; }
  th,td { padding-left:13px; }
  .bar { grid-template-columns:78px minmax(0,1fr) 66px; gap:8px; font-size:.8rem; }
  .events li { grid-template-columns:46px 10px minmax(0,1fr); gap:8px; }
  .plan > div { grid-template-columns:minmax(0,1fr); } }
@media print {
  * { -webkit-print-color-adjust:exact; print-color-adjust:exact; }
  body { background:#fff; font-size:10.5pt; } main { max-width:none; padding:0; gap:10px; }
  section,.top { border-color:#cfd5dc; border-radius:0; padding:12px 14px; } .figures { padding:0; }
  .top,.reasons,.figures,.events li { break-inside:avoid; } h2 { break-after:avoid; } }
`;
