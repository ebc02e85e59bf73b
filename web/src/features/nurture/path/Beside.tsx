import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import css from '@/features/nurture/Nurture.module.css';
import { usePreviewPath } from '@/features/nurture/paths';
import { Loading } from '@/ui/faces';
import { number } from '@/ui/format';
import { useName } from '@/ui/names';
import type { Definition } from './definition';

/** How many would start, in one figure that opens the preview. */
export function WouldStart({ pathKey, definition, isSound, onOpen }: { pathKey: string; definition: Definition; isSound: boolean; onOpen: () => void }) {
  const { t } = useTranslation('nurture');
  const preview = usePreviewPath(pathKey, definition, isSound);
  return (
    <section className={css.card} aria-label={t('preview.wouldStart')}>
      <h2>{t('preview.wouldStart')}</h2>
      {isSound && preview.data && (
        <button type="button" className={css.link} onClick={onOpen}>
          <span className={css.big}>{number(preview.data.would_start)}</span> <span>{t('preview.ofLeads', { count: preview.data.looked_at })}</span>
        </button>
      )}
      {!isSound && <p className="muted">{t('preview.afterFaults')}</p>}
      {isSound && !preview.data && (preview.error ? <p className={css.bad}>{problemOf(preview.error)?.message}</p> : <Loading rows={1} />)}
    </section>
  );
}

type Props = { definition: Definition; words: ReadonlyMap<string, string>; faults: string[]; onOpen: (() => void) | null };

/** When somebody leaves before the end, in words. */
export function Leaves({ definition, words, faults, onOpen }: Props) {
  const { t } = useTranslation('nurture');
  const name = useName();
  return (
    <section className={css.card} aria-label={t('leave.title')}>
      <h2>{t('leave.title')}</h2>
      <ul className={css.rows}>
        {definition.leaves.map((leave) => (
          <li key={leave.key}>
            <strong>{name(leave.name) || t('leave.unnamed')}</strong>
            {words.get(`leave:${leave.key}`) && <span className="muted">{words.get(`leave:${leave.key}`)}</span>}
          </li>
        ))}
      </ul>
      <p className="muted">{t('leave.always')}</p>
      {faults.length > 0 && (
        <ul className={css.faults}>
          {faults.map((fault) => (
            <li key={fault}>{fault}</li>
          ))}
        </ul>
      )}
      {onOpen && (
        <Button onClick={onOpen}>{t('leave.edit')}</Button>
      )}
    </section>
  );
}
