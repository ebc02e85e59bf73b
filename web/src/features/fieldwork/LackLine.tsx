import { useTranslation } from 'react-i18next';
import { useName } from '@/ui/names';
import css from './fieldwork.module.css';
import type { Lack } from './standards';

type Props = { lacks: readonly Pick<Lack, 'item' | 'shortfall'>[]; needed: number; whole?: string };

/** What is still missing by the standard, or that nothing is; it changes while one writes. */
export function LackLine({ lacks, needed, whole }: Props) {
  const { t } = useTranslation('followups');
  const name = useName();
  if (needed === 0) {
    return (
      <p className={css.whole} role="status">
        ✓ {whole ?? t('lack.none')}
      </p>
    );
  }
  return (
    <div role="status">
      <span>{needed < lacks.length ? t('lack.some', { count: needed }) : t('lack.all', { count: needed })}</span>
      <ul className={css.lacks} aria-label={t('lack.title')}>
        {lacks.map((lack) => (
          <li key={lack.item.key}>
            {name(lack.item.name)}
            {lack.shortfall !== 'absent' && `（${t(`lack.${lack.shortfall}`)}）`}
          </li>
        ))}
      </ul>
    </div>
  );
}
