import { useTranslation } from 'react-i18next';
import { Empty, Faces } from '@/ui/faces';
import { ClockDetails } from './ClockDetails';
import css from './ClockDetails.module.css';
import { useRecordClocks } from './clocks';
import { openFirst } from './countdown';

/** Every clock of a record with its why: open ones, and those that were met or missed. */
export function RecordClocks({ type, id }: { type: string; id: number }) {
  const { t } = useTranslation('sla');
  const clocks = useRecordClocks(type, id);
  return (
    <Faces query={clocks} isEmpty={(list) => list.length === 0} empty={<Empty title={t('none')} hint={t('noneHint')} />}>
      {(list) => {
        const { open, closed } = openFirst(list);
        return (
          <>
            {open.map((clock) => (
              <ClockDetails key={clock.id} clock={clock} />
            ))}
            {open.length === 0 && <p className={css.none}>{t('noneOpen')}</p>}
            {closed.length > 0 && (
              <details className={css.more}>
                <summary>{t('closed', { count: closed.length })}</summary>
                {closed.map((clock) => (
                  <ClockDetails key={clock.id} clock={clock} />
                ))}
              </details>
            )}
          </>
        );
      }}
    </Faces>
  );
}
