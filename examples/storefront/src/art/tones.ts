// Colors: those that options name, and for everything else one that stays the same for the same thing.
import type { Tones } from './shapes';

const NAMED: Record<string, string> = {
  white: '#f3ede1',
  black: '#33302d',
  natural: '#d9c7a3',
  navy: '#2f4260',
  oat: '#d8c6a6',
  charcoal: '#4a4a4c',
  forest: '#35583f',
  moss: '#6f7a4a',
  rust: '#b0593a',
  sage: '#9caf91',
  sand: '#cfb68f',
  slate: '#65727d',
  olive: '#77793f',
  khaki: '#a39467',
  yellow: '#e2b540',
  clay: '#bd7453',
  salt: '#dcd9d3',
  brass: '#b8954a',
  'sea salt': '#a9bfc4',
  cedar: '#8a5a44',
  fig: '#6d4a63',
};
const ACCENTS = ['#b0593a', '#35583f', '#3f5f7d', '#c08a3e', '#7d5a6f', '#5f7f7a', '#8a6a4a', '#6b6f8f'];
const GROUNDS = ['#efe3d3', '#e3e8dd', '#dfe6ea', '#f2e2d6', '#e9e1ea', '#e6e3d5', '#ecdfd8', '#dde7e3'];

/** The color that an option's value stands for, if it stands for one. */
export const named = (value: string): string | undefined => NAMED[value.toLowerCase()];

const pick = (from: string[], text: string): string => {
  let sum = 7;
  for (const letter of text) sum = (sum * 31 + letter.charCodeAt(0)) % 9973;
  return from[sum % from.length] ?? '#888888';
};

export const ground = (text: string): string => pick(GROUNDS, text);
export const accent = (text: string): string => pick(ACCENTS, text);

const mixed = (color: string, other: string, share: number) => `color-mix(in oklab, ${color}, ${other} ${share}%)`;

export function tones(color: string): Tones {
  return { fill: color, shade: mixed(color, '#3a2a1c', 26), light: mixed(color, '#ffffff', 38) };
}
