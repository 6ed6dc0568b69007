/**
 * The look of an inspection's page: light, dark and paper, from a telephone to a projector.
 *
 * The colours of the fields are told apart by people who do not see red or green, and each has its
 * letter and its own line under the bytes. Text on them keeps the contrast of WCAG 2.2, 1.4.3.
 * @module
 */

/** The style sheet, as it stands in the page. */
export const STYLE = `
:root {
  --paper: #fbfbf8; --card: #ffffff; --ink: #1b1d24; --soft: #565b69; --line: #dcdde2;
  --link: #0b4f9e; --bad: #9f2410; --bad-tint: #fdeae5;
  --H: #ebecf1; --H-line: #5b6072; --F: #ffe2b0; --F-line: #8a5200;
  --L: #d3eafb; --L-line: #0a6096; --K: #f5d9ea; --K-line: #963a73; --P: #d0efe1; --P-line: #00664a;
  --han: "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC";
  --mono: ui-monospace, "Cascadia Mono", "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", var(--han), monospace;
  font: clamp(16px, 10px + 0.5vw, 21px)/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", var(--han), sans-serif;
  scroll-padding: 1rem 0 8rem;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14161b; --card: #1c1f26; --ink: #eceef3; --soft: #aab0be; --line: #363b47;
    --link: #8fc1ff; --bad: #ffac97; --bad-tint: #40201a;
    --H: #30343f; --H-line: #a9b0c3; --F: #4d3610; --F-line: #f0b556;
    --L: #123e58; --L-line: #74c3f5; --K: #4d2540; --K-line: #ee9cce; --P: #12432f; --P-line: #62d3a6;
  }
}
html:lang(zh) { line-break: strict; }
html:lang(zh) * { font-style: normal; }
*, ::before, ::after { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: break-word; }
header, nav, main, footer { max-width: 96rem; margin: 0 auto; padding: 0 clamp(0.75rem, 3vw, 2.5rem); }
header { padding-top: 1.75rem; }
h1, h2, h3 { line-height: 1.25; margin: 0; font-weight: 650; }
h1 { font-size: 1.8rem; letter-spacing: -0.01em; }
h2 { font-size: 1.3rem; margin: 2rem 0 0.75rem; }
h3 { font-size: 1.1rem; }
p, ul { margin: 0; padding: 0; }
ul { list-style: none; }
a { color: var(--link); }
code, .dump, .bits td, .name { font-family: var(--mono); }
.lead, .about, .range, .left, footer { color: var(--soft); }
.lead { font-size: 1.1rem; margin: 0.25rem 0 1rem; }
.note { margin: 0 0 0.75rem; }
.left { font-style: italic; margin: 0.5rem 0; }
footer { padding-top: 2rem; padding-bottom: 2rem; font-size: 0.85rem; }
.legend { display: flex; flex-wrap: wrap; gap: 0.35rem 1.5rem; font-size: 0.9rem; }
nav ul { columns: 22rem; margin-top: 1.25rem; }
.badge {
  display: inline-block; min-width: 1.6em; padding: 0 0.3em; border-radius: 0.25em; text-align: center;
  font: 700 0.85em/1.6 var(--mono); background: var(--tint); border-bottom: 2px var(--under, solid) var(--edge);
}
.H { --tint: var(--H); --edge: var(--H-line); }
.F { --tint: var(--F); --edge: var(--F-line); --under: solid; }
.L { --tint: var(--L); --edge: var(--L-line); --under: double; }
.K { --tint: var(--K); --edge: var(--K-line); --under: dashed; }
.P { --tint: var(--P); --edge: var(--P-line); --under: dotted; }

.problems, .problem { background: var(--bad-tint); border-left: 0.3rem solid var(--bad); border-radius: 0.4rem; }
.problems { padding: 0.9rem 1.2rem; margin-top: 1.5rem; }
.problems h2 { margin: 0 0 0.4rem; color: var(--bad); }
.problems li + li { margin-top: 0.6rem; }
.problem { padding: 0.5rem 0.9rem; margin-top: 0.6rem; }
.mark, .problems code, .problem code { color: var(--bad); font-weight: 700; }

.unit {
  background: var(--card); border: 1px solid var(--line); border-radius: 0.7rem;
  padding: 1.1rem clamp(0.6rem, 2vw, 1.5rem) 1.25rem; margin-bottom: 1.25rem;
}
.views { display: grid; gap: 1.25rem 1.75rem; margin-top: 1rem; grid-template-columns: minmax(0, 1fr); }
.views > div { min-width: 0; }
caption, .dump thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.dump { align-self: start; justify-self: start; border-spacing: 0; position: relative; font-variant-ligatures: none; }
.dump th { font-weight: 400; color: var(--soft); text-align: right; padding: 0.6rem 0.75rem 0 0; font-size: 0.85rem; min-width: 3.2rem; }
.dump td { padding: 0.2rem 0; min-width: 1.8rem; }
.dump a {
  display: block; position: relative; width: 1.8rem; padding-top: 0.45rem; text-align: center; line-height: 1.45rem; color: var(--ink);
  text-decoration: none; background: var(--tint); border-bottom: 3px var(--under, solid) var(--edge);
}
.dump .first { border-top-left-radius: 0.35rem; box-shadow: inset 2px 0 var(--edge); }
.dump a.first::before {
  content: var(--letter); content: var(--letter) / ""; position: absolute; top: 0.14rem; left: 0.28rem;
  font: 700 0.62rem/1 system-ui, sans-serif; color: var(--edge);
}
.H { --letter: ""; } .F { --letter: "F"; } .L { --letter: "L"; } .K { --letter: "K"; } .P { --letter: "P"; }
.dump .text { padding: 0.6rem 0 0 0.9rem; white-space: pre; }
.dump i { font-style: normal; display: inline-block; width: 0.62em; text-align: center; }
.dump .text .first { box-shadow: none; }
.gap td { color: var(--soft); font-style: italic; padding: 0.35rem 0; }

.fields > li { padding: 0.55rem 0.75rem; border-left: 0.3rem solid var(--edge); border-radius: 0.3rem; }
.fields > li + li { margin-top: 0.35rem; }
.fields .line { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 0.6rem; }
.name { font-weight: 650; color: var(--ink); text-decoration-color: var(--edge, currentColor); text-underline-offset: 0.2em; }
.range, .rfc { font-size: 0.85rem; }
.fields .rfc { margin-left: auto; }
.fields ul { margin: 0.25rem 0 0 0.2rem; padding-left: 0.8rem; border-left: 1px solid var(--line); }
.fields ul > li { padding: 0.1rem 0.4rem; border-radius: 0.3rem; font-size: 0.95em; }
.fields ul .name { font-weight: 400; font-size: 0.92em; color: var(--soft); }
summary { cursor: pointer; color: var(--soft); border-radius: 0.3rem; }
.bits { border-collapse: collapse; margin: 0.45rem 0 0.2rem; font-size: 0.85rem; position: relative; }
.bits th { font-weight: 400; font-size: 0.75rem; color: var(--soft); padding: 0 0.35rem 0.1rem; }
.bits td { border: 1.5px solid var(--edge); background: var(--tint); text-align: center; padding: 0.05rem 0.6rem; letter-spacing: 0.1em; }
.bits .number { letter-spacing: 0; }
.original table { border-collapse: collapse; width: 100%; }
.original th, .original td { text-align: left; vertical-align: top; padding: 0.45rem 1rem 0.45rem 0; border-top: 1px solid var(--line); font-weight: 400; }
.original thead th { color: var(--soft); border: 0; font-size: 0.85rem; }
.original { margin: 1.5rem 0 2rem; }

.fields li { transition: background-color 0.12s; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.dump a:focus-visible { outline-offset: 0; z-index: 1; }
.near { background: var(--tint, var(--H)); }
.dump a.near, .dump i.near { box-shadow: inset 0 0 0 2px var(--edge); }
.fields li.on, html:not(.js) .fields li:target { background: var(--tint, var(--H)); outline: 2px solid var(--ink); outline-offset: -1px; }
.fields ul li { --tint: var(--H); }
.dump a.on, .dump i.on { box-shadow: inset 0 3px var(--ink), inset 0 -3px var(--ink); }
.dump a.at, .dump i.at, html:not(.js) .dump a:target { background: var(--ink); color: var(--card); box-shadow: none; }
.dump a.at::before, html:not(.js) .dump a:target::before { color: var(--card); }
#readout {
  position: sticky; bottom: 0; background: var(--card); border-top: 2px solid var(--ink);
  padding: 0.7rem clamp(0.75rem, 3vw, 2.5rem) 0.8rem; max-height: 40vh; overflow: auto;
}
#readout > div { max-width: 91rem; margin: 0 auto; min-height: 3.2rem; }
#where { color: var(--soft); font-size: 0.9rem; }
#what { font-size: 1.15rem; line-height: 1.4; }
@media (hover: none) { .idle #what { display: none; } .idle > div { min-height: 0 !important; } }
html:not(.js) .dump a { scroll-margin: 6rem; }
html:not(.js) #readout { display: none; }
.js .fields li[id] { cursor: pointer; }

@media (min-width: 68rem) {
  .views { grid-template-columns: max-content minmax(0, 1fr); }
  .dump { position: sticky; top: 1rem; }
}
@media screen and (max-width: 45rem) {
  h1 { font-size: 1.5rem; }
  .dump, .dump tbody { display: block; width: 100%; }
  .dump tr { display: grid; grid-template-columns: 2.6rem repeat(8, minmax(0, 1fr)); align-items: center; margin-bottom: 0.3rem; }
  .dump th { grid-row: span 2; align-self: start; padding: 0.65rem 0.5rem 0 0; font-size: 0.8rem; min-width: 0; }
  .dump a { width: auto; }
  .dump td:empty { display: none; }
  .dump .text { grid-column: 2 / -1; padding: 0.1rem 0 0 0.3rem; letter-spacing: 0.1em; }
  .dump .gap { display: block; }
  .fields .rfc { margin-left: 0; }
  .original table, .original tbody, .original tr, .original th, .original td { display: block; padding-right: 0; }
  .original thead { display: none; }
  .original td { border: 0; padding-top: 0; }
}
@media (prefers-reduced-motion: reduce) { .fields li { transition: none; } }
@media (forced-colors: active) { .dump a.at { outline: 3px solid Highlight; } .dump a.on { outline: 1px solid Highlight; } }
@page { margin: 15mm; }
@media print {
  :root {
    --paper: #fff; --card: #fff; --ink: #000; --soft: #000; --line: #777; --link: #000; --bad: #000; --bad-tint: #fff;
    --H: #fff; --H-line: #000; --F: #fff; --F-line: #000; --L: #fff; --L-line: #000; --K: #fff; --K-line: #000; --P: #fff; --P-line: #000;
    font-size: 10pt;
  }
  header, nav, main, footer { max-width: none; padding: 0; }
  #readout { display: none; }
  .views { display: block; }
  .unit { border: 0; border-top: 1px solid #000; border-radius: 0; padding: 0.8rem 0; }
  .dump { margin-bottom: 0.8rem; }
  .dump a.at, .dump i.at, .dump a.on, .dump i.on { background: none; color: #000; box-shadow: none; }
  .fields li.on { background: none; outline: none; }
  h1, h2, h3, .about, .line { break-after: avoid; }
  tr, .line, .says, .bits, .problems li, .problem, .fields ul ul li, .run > details > ul > li { break-inside: avoid; }
  ::details-content { content-visibility: visible; block-size: auto; }
  .run > details > ul { columns: 2; column-gap: 2rem; }
}
`;
