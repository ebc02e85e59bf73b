import { useTranslation } from 'react-i18next';
import type { Blocker, Name } from '@/api/types';
import { useName } from '@/ui/names';
import css from './stages.module.css';

type Reason = { key: string; name: Name; records: number; kind?: Blocker['kind'] };
type Props = { reasons: Reason[]; onOpen: (reason: Reason) => void };

/** What stopped deals in a stage or why they were lost, with how many; each opens them. */
export function StageReasons({ reasons, onOpen }: Props) {
  const { t } = useTranslation('metrics');
  const name = useName();
  if (reasons.length === 0) return <span className={css.nothing}>–</span>;
  return (
    <ol className={css.reasons}>
      {reasons.map((one) => (
        <li key={`${one.kind ?? ''}-${one.key}`}>
          <button type="button" className="plain" onClick={() => { onOpen(one); }}>
            <span>
              {name(one.name)}
              {one.kind === 'refused' && <small> {t('blockers.refused')}</small>}
            </span>
            <strong className="num">{t('blockers.deals', { count: one.records })}</strong>
          </button>
        </li>
      ))}
    </ol>
  );
}
