import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PanelLine } from '@/api/types';
import { recordPath } from '@/features/records/address';
import { useName } from '@/ui/names';
import css from './panels.module.css';

/** Records in one line each: which, whose, for how many days, by which rule. */
export function RecordLines({ lines }: { lines: PanelLine[] }) {
  const { t } = useTranslation('metrics');
  const name = useName();
  return (
    <ul className={css.lines}>
      {lines.map((line) => (
        <li key={line.record.id}>
          <Link to={recordPath(line.record.type, line.record.id)}>{line.record.title}</Link>
          <strong className="num">{t('list.days', { count: line.days })}</strong>
          <small>{[line.owner?.name ?? t('list.nobody'), line.unit, line.why && name(line.why)].filter(Boolean).join(' · ')}</small>
        </li>
      ))}
    </ul>
  );
}
