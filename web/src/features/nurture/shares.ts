import { currentLanguage } from '@/ui/i18n';

/** A share of one as percent; nothing where there is nothing to divide by. */
export function percent(share: number | string | null | undefined): string {
  if (share === null || share === undefined || share === '') return '–';
  return new Intl.NumberFormat(currentLanguage(), { style: 'percent', maximumFractionDigits: 1 }).format(Number(share));
}

/** What part of a whole is. */
export function shareOf(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}
