import type { Question } from './client/types.gen';

export const EDGE: string;
export const SECRET: string;
export const OTHER_SECRET: string;
export function serveAgency(
  verify: (body: string, headers: Record<string, string>) => boolean,
  act: (question: Question) => Promise<object>,
): void;
