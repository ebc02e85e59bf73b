import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { problemOf } from '@/api/problem';
import type { Holding, Ref } from '@/api/types';
import { useConfirm } from '@/ui/confirm';
import { Empty, Faces } from '@/ui/faces';
import { listed, number } from '@/ui/format';
import { useName } from '@/ui/names';
import { Sheet } from '@/ui/Sheet';
import { useToast } from '@/ui/toast';
import { PersonPicker } from './PersonPicker';
import { useHandOver, useHoldings } from './absences';
import css from './absences.module.css';
import admin from './admin.module.css';
import { takersOf } from './handover';

function Kind({ holding, taker, onChange }: { holding: Holding; taker: number | null; onChange: (id: number | null) => void }) {
  const { t } = useTranslation('org');
  const name = useName();
  return (
    <li className={css.kind}>
      <div className={css.two}>
        <details>
          <summary>
            <strong>{name(holding.name)}</strong> <span className="num">{number(holding.count)}</span>
          </summary>
          <ul>
            {holding.items.map((item) => (
              <li key={`${item.type}-${item.id}`}>{item.link ? <Link to={item.link}>{item.title}</Link> : item.title}</li>
            ))}
            {holding.count > holding.items.length && <li className="muted">{t('handover.more', { count: holding.count - holding.items.length })}</li>}
          </ul>
        </details>
        <PersonPicker label={t('handover.taker', { kind: name(holding.name) })} value={taker} onChange={onChange} />
      </div>
    </li>
  );
}

/** What somebody holds, who gets what, and the handover itself: all of it or nothing. */
export default function HandoverSheet({ person, isActive, onClose }: { person: Ref; isActive: boolean; onClose: () => void }) {
  const { t } = useTranslation('org');
  const name = useName();
  const say = useToast();
  const ask = useConfirm();
  const holdings = useHoldings(person.id);
  const hand = useHandOver(person.id);
  const [everything, setEverything] = useState<number | null>(null);
  const [single, setSingle] = useState<Record<string, number | null>>({});
  const [leaves, setLeaves] = useState(isActive);
  const held = (holdings.data ?? []).filter((one) => one.count > 0);
  const to = takersOf(held.map((one) => one.key), everything, single);
  const isWhole = held.every((one) => to[one.key]);
  const run = async () => {
    const done = await hand.mutateAsync({ to, deactivate: leaves });
    const words = listed(
      done.moved
        .filter((one) => one.count > 0)
        .map((one) => `${name(held.find((kind) => kind.key === one.key)?.name)} ${number(one.count)}`),
    );
    say('ok', t('handover.done', { what: words || '0' }));
    onClose();
  };
  return (
    <Sheet
      size={640}
      title={t('handover.title', { name: person.name })}
      onClose={onClose}
      footer={
        <div className={admin.footer}>
          <Button onClick={onClose}>{t('cancel', { ns: 'ui' })}</Button>
          <Button
            type="primary"
            loading={hand.isPending}
            disabled={Object.keys(to).length === 0 && !(leaves && isWhole)}
            onClick={() => {
              ask({
                title: t('handover.sure', { name: person.name }),
                text: leaves ? t('handover.leavesHint') : undefined,
                danger: leaves,
                ok: t('handover.do'),
                run,
              });
            }}
          >
            {t('handover.do')}
          </Button>
        </div>
      }
    >
      <Faces query={holdings} rows={6}>
        {() => (
          <div className={admin.form}>
            {held.length === 0 ? (
              <Empty title={t('handover.nothing', { name: person.name })} />
            ) : (
              <>
                <div data-field="true">
                  {t('handover.everything')}
                  <PersonPicker label={t('handover.everything')} value={everything} onChange={setEverything} />
                </div>
                <ul className={css.kinds}>
                  {held.map((holding) => (
                    <Kind
                      key={holding.key}
                      holding={holding}
                      taker={single[holding.key] ?? everything}
                      onChange={(id) => {
                        setSingle({ ...single, [holding.key]: id });
                      }}
                    />
                  ))}
                </ul>
              </>
            )}
            {isActive && (
              <Checkbox
                checked={leaves}
                onChange={(event) => {
                  setLeaves(event.target.checked);
                }}
              >
                {t('handover.leaves')}
              </Checkbox>
            )}
            {problemOf(hand.error) && (
              <p className={admin.bad} role="alert">
                {problemOf(hand.error)?.message}
              </p>
            )}
          </div>
        )}
      </Faces>
    </Sheet>
  );
}
