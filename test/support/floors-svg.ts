/**
 * Draws the floors of src and their imports: plain SVG, on a light ground of its own as the other
 * pictures of docs. From each floor a line goes to all that it imports, each with a dot; one that goes
 * up would be red.
 * @module
 */

import stringWidth from 'string-width';
import { FLOORS, floorImports, runsInBrowser, type Sources } from './floors.js';

const ROW = 38;
const BOX = { left: 24, width: 424, height: 30 };
/** The first line, and from line to line. */
const LINES = { from: 472, apart: 20 };
const TOP = 20;
const INK = '#334155';
const WRONG = '#b91c1c';
const PROGRAM = { fill: '#ede9fe', stroke: '#6d28d9' };
const BROWSER = { fill: '#e0f2fe', stroke: '#0369a1' };

/** What the picture says, in each language. */
const WORDS = {
  en: {
    title: 'The floors of src and their imports',
    order: (floors: readonly string[]) => `From top to bottom: ${floors.join(', ')}.`,
    imports: (floor: string, targets: readonly string[]) =>
      ` ${floor} imports ${targets.join(', ') || 'none'}.`,
    blue: 'blue: runs in a browser too',
    dots: 'dots: what a floor imports, all below it',
  },
  zh: {
    title: 'src 的楼层和它们的导入',
    order: (floors: readonly string[]) => `从上到下：${floors.join('、')}。`,
    imports: (floor: string, targets: readonly string[]) =>
      targets.length === 0 ? `${floor} 什么也不导入。` : `${floor} 导入 ${targets.join('、')}。`,
    blue: '蓝色：在浏览器里也能运行',
    dots: '圆点：这一层导入什么，都在它下面',
  },
};

/**
 * Draws the picture.
 *
 * @param roles what each floor is for, in a few words
 */
export function floorsSvg(
  sources: Sources,
  roles: ReadonlyMap<string, string>,
  language: keyof typeof WORDS = 'en',
): string {
  const words = WORDS[language];
  const floors = [...FLOORS].reverse();
  const imports = floorImports(sources);
  const width = LINES.from + floors.length * LINES.apart + 8;
  const height = TOP * 2 + floors.length * ROW + 22;
  const middle = (floor: string): number => TOP + floors.indexOf(floor) * ROW + BOX.height / 2;
  const parts = floors.flatMap((floor, column) => {
    const targets = [...(imports.get(floor) ?? [])].map(middle);
    return [
      ...box(floor, middle(floor), roles.get(floor) ?? ''),
      ...lines(column, middle(floor), targets),
    ];
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="t d" font-family="system-ui, sans-serif" font-size="13">
  <title id="t">${words.title}</title>
  <desc id="d">${words.order(floors)}${floors
    .map((floor) =>
      words.imports(
        floor,
        floors.filter((one) => imports.get(floor)?.has(one)),
      ),
    )
    .join('')}</desc>
  <rect width="${width}" height="${height}" rx="10" fill="#f8fafc"/>
${parts.map((part) => `  ${part}`).join('\n')}
  <text x="${BOX.left}" y="${height - 16}" fill="${BROWSER.stroke}">${words.blue}</text>
  <text x="${LINES.from}" y="${height - 16}" fill="${INK}">${words.dots}</text>
</svg>
`;
}

function box(floor: string, y: number, role: string): string[] {
  const { fill, stroke } = runsInBrowser(floor) ? BROWSER : PROGRAM;
  return [
    `<rect x="${BOX.left}" y="${y - BOX.height / 2}" width="${BOX.width}" height="${BOX.height}" rx="5" fill="${fill}" stroke="${stroke}" stroke-width="1.4"/>`,
    `<text x="${BOX.left + 12}" y="${y + 4.5}" font-weight="700" fill="#0f172a">${floor}</text>`,
    `<text x="${BOX.left + 104}" y="${y + 4.5}" fill="#1e293b">${short(role)}</text>`,
  ];
}

/** As much of a role as fits, up to a comma, a colon or a semicolon; a Chinese character is twice as wide. */
function short(role: string): string {
  const parts = role.replaceAll('`', '').split(/(?=[,:;] |[，：；])/);
  while (parts.length > 1 && stringWidth(parts.join('')) > 46) parts.pop();
  return parts.join('');
}

/** The lines of one floor: out of its box, and to the farthest floor that it imports. */
function lines(column: number, y: number, targets: number[]): string[] {
  if (targets.length === 0) return [];
  const x = LINES.from + column * LINES.apart;
  const drawn = (to: number, colour: string): string =>
    `<path d="M${BOX.left + BOX.width} ${y}H${x}V${to}" fill="none" stroke="${colour}" stroke-width="1.3"/>`;
  const [first, last] = [Math.min(...targets), Math.max(...targets)];
  return [
    ...(last > y ? [drawn(last, INK)] : []),
    ...(first < y ? [drawn(first, WRONG)] : []),
    ...targets
      .sort((a, b) => a - b)
      .map((to) => `<circle cx="${x}" cy="${to}" r="4" fill="${to > y ? INK : WRONG}"/>`),
  ];
}
