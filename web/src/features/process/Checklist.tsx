import { Checkbox } from 'antd';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { RecordDetail, TypeMeta } from '@/api/types';
import { stageOf } from '@/features/records/meta';
import { Empty, Faces } from '@/ui/faces';
import { ago } from '@/ui/format';
import { useName } from '@/ui/names';
import { useToast } from '@/ui/toast';
import css from './Checklist.module.css';
import { useChecklist, useTick } from './moves';

/** The key actions of each stage with who ticked them. */
export default function Checklist({ type, record }: { type: TypeMeta; record: RecordDetail }) {
  const { t } = useTranslation('process');
  const name = useName();
  const say = useToast();
  const list = useChecklist(type.key, record.id);
  const tick = useTick(type.key, record.id);
  return (
    <Faces query={list} isEmpty={(items) => items.length === 0} empty={<Empty title={t('checklist.empty')} />}>
      {(items) => (
        <div className={css.groups}>
          {[...new Set(items.map((item) => item.stage))].map((stage) => (
            <section key={stage}>
              <h3 className={css.heading} data-current={stage === record.stage || undefined}>
                {name(stageOf(type, stage)?.name) || stage}
              </h3>
              {items
                .filter((item) => item.stage === stage)
                .map((item) => (
                  <div key={item.item} className={css.item}>
                    <Checkbox
                      checked={item.ticked}
                      disabled={!record.can.edit || tick.isPending}
                      onChange={(event) => {
                        tick.mutate(
                          { item: item.item, ticked: event.target.checked },
                          {
                            onError: (error) => {
                              say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
                            },
                          },
                        );
                      }}
                    >
                      {name(item.name)}
                    </Checkbox>
                    {item.ticked && item.by && (
                      <span className="muted">{t('checklist.by', { name: item.by.name, at: ago(item.at) })}</span>
                    )}
                  </div>
                ))}
            </section>
          ))}
        </div>
      )}
    </Faces>
  );
}
