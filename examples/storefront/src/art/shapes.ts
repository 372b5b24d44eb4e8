// Things to buy, drawn on 100 × 100: `fill` is the color of the thing, `shade` a darker tone of it, `light` a lighter one.

export interface Tones {
  fill: string;
  shade: string;
  light: string;
}

type Shape = (tones: Tones) => string;

const path = (d: string, fill: string) => `<path d="${d}" fill="${fill}"/>`;
const line = (d: string, stroke: string, width = 2) =>
  `<path d="${d}" fill="none" stroke="${stroke}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"/>`;

/** Stands on the ground, however high it was drawn. */
const lowered = (by: number, shape: Shape): Shape => (t) => `<g transform="translate(0 ${by})">${shape(t)}</g>`;

const SLEEVES = 'M36 24 20 33 25 51 33 47 33 80 67 80 67 47 75 51 80 33 64 24 Q50 34 36 24Z';
const LONG = 'M37 23 23 31 17 76 27 78 33 52 33 82 67 82 67 52 73 78 83 76 77 31 63 23 Q50 33 37 23Z';

const shirt: Shape = (t) =>
  path(LONG, t.fill) + path('M37 23 46 39 50 31 54 39 63 23 Q50 30 37 23Z', t.light) + line('M50 33V82', t.shade, 1.2) +
  [44, 54, 64, 74].map((y) => `<circle cx="53" cy="${y}" r="1.2" fill="${t.shade}"/>`).join('') + line('M33 52V60M67 52V60M21 71 28 73M79 71 72 73', t.shade, 1.2);
const tee: Shape = (t) => path(SLEEVES, t.fill) + line('M38 26Q50 37 62 26', t.shade, 1.6) + line('M33 47V41M67 47V41M23 46 31 43M77 46 69 43', t.shade, 1.2);
const striped: Shape = (t) => tee(t) + line('M34 46H66M34 54H66M34 62H66M34 70H66', t.light, 2.6);
const knit: Shape = (t) =>
  path(LONG, t.fill) + line('M39 26Q50 36 61 26', t.shade, 3) + line('M34 77H66', t.shade, 4) +
  line('M41 42 46 47 51 42 56 47 61 42M41 52 46 57 51 52 56 57 61 52M41 62 46 67 51 62 56 67 61 62', t.light, 1.6);
const jacket: Shape = (t) =>
  path(LONG, t.fill) + path('M42 21H58L63 25Q50 33 37 25Z', t.shade) + line('M50 32V82', t.light, 1.4) +
  path('M37 58H46V68H37ZM54 58H63V68H54Z', t.shade) + path('M37 40H46V48H37Z', t.shade);
const trousers: Shape = (t) =>
  path('M35 18H65L70 84H55L50 42 45 84H30Z', t.fill) + path('M35 18H65L65.4 24H34.6Z', t.shade) + line('M50 24V40M37 30Q40 33 35 36M63 30Q60 33 65 36', t.shade, 1.6);
const socks: Shape = (t) =>
  path('M30 20H45V56L58 68Q62 74 56 80 50 83 44 79L28 64Q30 58 30 52Z', t.fill) + path('M30 20H45V29H30Z', t.shade) +
  path('M54 20H69V56L80 66Q84 72 79 77 73 80 67 76L52 61Q54 56 54 50Z', t.light) + path('M54 20H69V29H54Z', t.shade);
const bag: Shape = (t) =>
  line('M38 40Q38 20 50 20T62 40', t.shade, 3.4) + path('M26 38H74L78 82H22Z', t.fill) + line('M38 40V48M62 40V48', t.shade, 3.4) + line('M24.6 54H75.4', t.light, 1.4);
const scarf: Shape = (t) =>
  path('M32 26Q50 16 68 26 74 36 64 42 50 50 36 42 26 36 32 26Z', t.fill) + path('M44 40H60L64 82H48Z', t.shade) + path('M36 40H50L44 78H30Z', t.fill) +
  line('M31 78V84M36 79V85M41 79V85M50 82V88M55 82V88M60 82V88', t.shade) + line('M40 28Q50 36 60 28', t.light);
const beanie: Shape = (t) =>
  path('M26 60Q26 22 50 22T74 60Z', t.fill) + line('M38 30Q34 44 34 58M50 24V58M62 30Q66 44 66 58', t.shade, 1.2) + `<rect x="23" y="56" width="54" height="16" rx="5" fill="${t.shade}"/>` + line('M32 59V69M41 59V69M50 59V69M59 59V69M68 59V69', t.fill, 1.2);
const cap: Shape = (t) =>
  path('M28 60Q28 30 52 30T74 60Z', t.fill) + path('M60 58Q84 58 88 68 74 66 28 66V60Z', t.shade) + line('M52 31Q44 44 46 60', t.light, 1.4) + `<circle cx="52" cy="30" r="2.6" fill="${t.shade}"/>`;
const belt: Shape = (t) =>
  `<circle cx="50" cy="50" r="27" fill="none" stroke="${t.fill}" stroke-width="10"/><circle cx="50" cy="50" r="27" fill="none" stroke="${t.light}" stroke-width="1" stroke-dasharray="3 3"/>` +
  `<rect x="38" y="68" width="24" height="18" rx="3" fill="none" stroke="#c9a34e" stroke-width="4"/>` + line('M42 77H56', '#c9a34e', 3);
const mug: Shape = (t) =>
  line('M66 42Q84 40 82 54T64 68', t.shade, 6) + path('M26 32H68V68Q68 80 56 80H38Q26 80 26 68Z', t.fill) + `<ellipse cx="47" cy="32" rx="21" ry="5.4" fill="${t.shade}"/>` +
  path('M26 52Q36 58 47 53T68 54V60Q58 66 47 60T26 60Z', t.light);
const plate: Shape = (t) =>
  `<circle cx="50" cy="52" r="33" fill="${t.fill}"/><circle cx="50" cy="52" r="31" fill="none" stroke="${t.light}" stroke-width="1.6"/><circle cx="50" cy="52" r="20" fill="${t.light}"/><circle cx="50" cy="52" r="20" fill="none" stroke="${t.shade}" stroke-width="1"/>`;
const bowl: Shape = (t) => path('M18 44H82Q80 76 58 78V82H42V78Q20 76 18 44Z', t.fill) + `<ellipse cx="50" cy="44" rx="32" ry="7" fill="${t.shade}"/>` + line('M24 58Q50 70 76 58', t.light, 1.6);
const board: Shape = (t) =>
  `<rect x="28" y="32" width="44" height="54" rx="7" fill="${t.fill}"/><rect x="44" y="14" width="12" height="24" rx="6" fill="${t.fill}"/><circle cx="50" cy="21" r="2.6" fill="${t.shade}"/>` +
  line('M36 42Q40 60 35 78M46 40Q50 62 46 82M58 42Q54 60 60 80', t.shade, 1.2);
const pan: Shape = (t) =>
  path('M62 58 90 76 87 81 58 66Z', t.shade) + `<circle cx="42" cy="48" r="27" fill="${t.fill}"/><circle cx="42" cy="48" r="21" fill="${t.shade}"/>` + line('M30 42Q36 34 46 34', t.light);
const mill: Shape = (t) =>
  `<circle cx="50" cy="20" r="5" fill="${t.shade}"/>` + path('M40 26H60Q64 36 57 42H43Q36 36 40 26Z', t.fill) + path('M42 44H58Q52 58 62 84H38Q48 58 42 44Z', t.fill) + line('M41 43H59', t.shade, 2.4) + line('M47 60Q47 70 44 82', t.light, 1.6);
const textile: Shape = (t) =>
  path('M22 34H78V48H22Z', t.light) + path('M20 48H80V62H20Z', t.fill) + path('M18 62H82V78H18Z', t.shade) + line('M22 41H78M20 55H80M18 70H82', 'rgb(255 255 255 / 35%)', 1.2) + path('M66 34H72V78H66Z', 'rgb(255 255 255 / 22%)');
const candle: Shape = (t) =>
  path('M50 14Q58 24 50 31 42 24 50 14Z', '#e9a13b') + line('M50 30V38', '#4b4037') + path('M34 38H66V82H34Z', t.fill) + `<ellipse cx="50" cy="38" rx="16" ry="4" fill="${t.light}"/>` + path('M34 56H66V72H34Z', 'rgb(255 255 255 / 55%)') + line('M42 62H58M45 66H55', t.shade, 1.4);
const lamp: Shape = (t) =>
  path('M38 18H62L74 46H26Z', t.fill) + path('M26 46H74L82 84H18Z', 'rgb(255 222 140 / 32%)') + line('M50 46V80', t.shade, 3) + path('M34 80H66V85H34Z', t.shade) + line('M32 40H68', t.light, 1.4);
const pendant: Shape = (t) =>
  line('M50 8V28', t.shade) + `<ellipse cx="50" cy="52" rx="31" ry="26" fill="${t.fill}"/>` + line('M21 44H79M19 52H81M21 60H79M28 36H72M28 68H72', t.shade, 1) + path('M42 26H58V30H42Z', t.shade);
const pot: Shape = (t) =>
  path('M50 48Q28 46 26 22 46 24 50 46 52 20 72 16 74 42 50 48Z', '#5f7f5b') + line('M50 60V46Q44 34 34 28M50 46Q58 34 66 24', '#3f5a3d', 1.4) + path('M30 50H70V58H30Z', t.shade) + path('M33 58H67L62 84H38Z', t.fill);
const can: Shape = (t) =>
  line('M64 44Q86 40 82 62T66 74', t.shade, 4) + line('M30 44Q46 22 62 44', t.shade, 4) + path('M30 44H66V80H30Z', t.fill) + path('M30 66 12 40 18 36 30 52Z', t.fill) + path('M7 41 19 32 22 36 10 45Z', t.shade) + line('M36 52V72', t.light, 2);
const book: Shape = (t) =>
  `<rect x="28" y="18" width="46" height="64" rx="4" fill="${t.fill}"/><rect x="28" y="18" width="9" height="64" rx="3" fill="${t.shade}"/>` + path('M62 18H67V82H62Z', t.light) +
  [0, 1, 2, 3].map((n) => `<circle cx="${43 + n * 5}" cy="36" r="1" fill="${t.light}"/>`).join('');
const calendar: Shape = (t) =>
  `<rect x="24" y="24" width="52" height="58" rx="4" fill="#fffdf8"/>` + path('M24 28Q24 24 28 24H72Q76 24 76 28V38H24Z', t.fill) + line('M38 18V30M62 18V30', t.shade, 3) +
  [48, 58, 68].map((y) => [34, 45, 56, 67].map((x) => `<circle cx="${x}" cy="${y}" r="2.2" fill="${x === 56 && y === 58 ? t.fill : '#d8d0c2'}"/>`).join('')).join('');
const pouch: Shape = (t) =>
  path('M30 22H70L74 84H26Z', t.fill) + path('M30 22H70L70.8 32H29.2Z', t.shade) + path('M36 46H64V70H36Z', '#fffaf0') + path('M50 50Q59 58 50 67 41 58 50 50Z', t.shade) + line('M50 52V65', '#fffaf0', 1.2);
const tin: Shape = (t) =>
  path('M30 34H70V84H30Z', t.fill) + path('M28 26H72V36H28Z', t.shade) + path('M40 20H60V26H40Z', t.shade) + `<circle cx="50" cy="58" r="14" fill="#fffaf0"/>` + path('M50 66Q40 58 50 48 60 58 50 66Z', '#5f7f5b') + line('M50 64V52', '#fffaf0', 1);
const bar: Shape = (t) =>
  path('M32 40H68V18L62 14 56 18 50 14 44 18 38 14 32 18Z', '#5a3826') + line('M44 18V40M56 18V40M32 28H68', '#43281a', 1.4) + path('M30 38H70V86H30Z', t.fill) + path('M30 54H70V68H30Z', '#fffaf0') + line('M38 61H62', t.shade);
const jar: Shape = (t) =>
  path('M34 30H66Q72 38 72 46V76Q72 84 64 84H36Q28 84 28 76V46Q28 38 34 30Z', t.fill) + path('M32 18H68V30H32Z', t.shade) + path('M34 50H66V70H34Z', '#fffaf0') + line('M41 57H59M44 63H56', t.shade, 1.4);
const bottle: Shape = (t) =>
  path('M44 14H56V32Q66 38 66 50V82Q66 86 62 86H38Q34 86 34 82V50Q34 38 44 32Z', t.fill) + path('M43 12H57V20H43Z', t.shade) + path('M34 54H66V74H34Z', '#fffaf0') + line('M42 61H58M45 67H55', t.shade, 1.4);
const basket: Shape = (t) =>
  line('M28 50Q50 6 72 50', t.shade, 4) + path('M20 48H80L73 84H27Z', t.fill) + line('M22 58H78M24 67H76M26 76H74', t.shade, 1.2) + path('M34 48 38 30 46 34 46 48ZM54 48 56 26 64 28 66 48Z', t.light);
const ticket: Shape = (t) =>
  path('M16 34H84V44Q77 50 84 56V66H16V56Q23 50 16 44Z', t.fill) + line('M62 36V64', t.light, 1.6) + path('M34 42 36.6 47.6 42.6 48.2 38 52.2 39.4 58 34 55 28.6 58 30 52.2 25.4 48.2 31.4 47.6Z', t.light) + line('M48 46H56M48 54H56', t.light);

/** By words of the title first, then by the product's type. */
export const SHAPES: [RegExp, Shape][] = [
  [/scarf/i, scarf], [/beanie/i, lowered(13, beanie)], [/cap\b/i, lowered(18, cap)], [/belt/i, belt], [/mug/i, mug], [/bowl/i, bowl], [/plate/i, plate],
  [/board/i, board], [/pan\b/i, lowered(4, pan)], [/mill/i, mill], [/pendant/i, pendant], [/watering/i, can], [/calendar/i, calendar],
  [/honey/i, jar], [/oil/i, bottle], [/hamper|box/i, basket],
  [/striped/i, striped], [/t-shirt/i, tee], [/shirt/i, shirt], [/knitwear/i, knit], [/jacket/i, jacket], [/trousers/i, trousers], [/socks/i, socks],
  [/bag/i, bag], [/tableware/i, bowl], [/kitchen/i, lowered(4, pan)], [/textile/i, lowered(8, textile)], [/candle/i, candle], [/lighting/i, lamp],
  [/garden/i, pot], [/paper/i, book], [/coffee/i, pouch], [/tea\b/i, tin], [/chocolate/i, bar], [/pantry/i, jar], [/event/i, lowered(12, ticket)],
];

export const ANY: Shape = basket;
