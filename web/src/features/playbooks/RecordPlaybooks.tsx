import { Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import { Empty, Faces } from '@/ui/faces';
import { useRested } from '@/ui/rested';
import { Sheet } from '@/ui/Sheet';
import { useToast } from '@/ui/toast';
import { EntryCard } from './EntryCard';
import { PlanView } from './PlanView';
import css from './playbooks.module.css';
import { useNoteUse, useSuggestions } from './queries';

/** What helps with a record as it stands; a plan for the situation that one types. */
export default function RecordPlaybooks({ type, id }: { type: string; id: number }) {
  const { t } = useTranslation('playbooks');
  const say = useToast();
  const [text, setText] = useState('');
  const [isPlanning, setPlanning] = useState(false);
  const found = useSuggestions(id, useRested(text, 300));
  const use = useNoteUse();
  return (
    <>
      <div className={css.filters}>
        <Input allowClear style={{ flex: '1 1 240px' }} aria-label={t('situation')} placeholder={t('searchHint')} maxLength={500} value={text} onChange={(event) => { setText(event.target.value); }} />
        <Button type="primary" onClick={() => { setPlanning(true); }}>
          {t('plan.open')}
        </Button>
      </div>
      <Faces query={found}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty title={t('nothingFits')} hint={t('nothingFitsHint')} />
          ) : (
            <ul className={css.list} aria-label={t('suggested')}>
              {rows.map((row) => (
                <EntryCard key={row.id} row={row} from="suggestion">
                  <div className={css.actions}>
                    <Button
                      size="small"
                      onClick={() => {
                        use.mutate(
                          { id: row.id, kind: 'used', record_id: id, source: 'suggestion' },
                          {
                            onSuccess: () => { say('ok', t('usedDone')); },
                            onError: (error) => { say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' })); },
                          },
                        );
                      }}
                    >
                      {t('used')}
                    </Button>
                  </div>
                </EntryCard>
              ))}
            </ul>
          )
        }
      </Faces>
      {isPlanning && (
        <Sheet title={t('plan.title')} onClose={() => { setPlanning(false); }}>
          <PlanView record={{ type, id }} />
        </Sheet>
      )}
    </>
  );
}
