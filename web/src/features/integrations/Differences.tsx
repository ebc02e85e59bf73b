import { Button, Checkbox, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { Sync } from '@/api/types';
import { useRoles } from '@/features/org/admin';
import { listed } from '@/ui/format';
import { Empty } from '@/ui/faces';
import { useName } from '@/ui/names';
import { useToast } from '@/ui/toast';
import { choiceOf, firstTaken, linesOf, type Line } from './differences';
import { useApplySync } from './integrations';
import css from './integrations.module.css';

function DifferenceLine({ line, taken, locked, onTake }: { line: Line; taken: boolean; locked: boolean; onTake: (taken: boolean) => void }) {
  const { t } = useTranslation('integrations');
  const label = `${t(`kind.${line.about}_${line.kind}`)} ${line.name}`;
  return (
    <li className={css.difference} data-kind={line.kind}>
      <Checkbox aria-label={label} checked={taken} disabled={locked} onChange={(event) => { onTake(event.target.checked); }} />
      <span className={css.kind}>{t(`kind.${line.about}_${line.kind}`)}</span>
      <strong>{line.name}</strong>
      <span className="muted">{line.place}</span>
      {line.isLikely && <span className={css.warn}>{t('likely', { by: t(`matched.${line.matchedBy || 'name'}`) })}</span>}
      {line.changes.map(([field, before, after]) => (
        <span key={field} className={css.change}>
          {t(`field.${field}`, { defaultValue: field })}: <del>{before || '–'}</del> → <ins>{after || '–'}</ins>
        </span>
      ))}
    </li>
  );
}

/** What differs, line by line with a tick: what is certain is taken, what is likely waits for a yes. */
export function Differences({ provider, sync }: { provider: string; sync: Sync }) {
  const { t } = useTranslation('integrations');
  const name = useName();
  const say = useToast();
  const roles = useRoles().data ?? [];
  const apply = useApplySync(provider, sync.id);
  const lines = linesOf(sync);
  const [taken, setTaken] = useState<Set<string>>(() => firstTaken(lines));
  const [role, setRole] = useState('');
  const isDone = sync.state === 'applied';
  const adds = lines.some((line) => line.about === 'person' && line.kind === 'added' && taken.has(line.id));
  if (lines.length === 0 && sync.conflicts.length === 0) return <Empty title={t('directory.same')} />;
  return (
    <div className={css.differences}>
      {sync.result && (
        <p className={css.result} role="status">
          {t('directory.result')}{' '}
          {listed(
            Object.entries(sync.result.counts)
              .filter(([, count]) => count > 0)
              .map(([kind, count]) => `${t(`kind.${kind}`, { defaultValue: kind })} ${count}`),
          ) || t('none', { ns: 'ui' })}
        </p>
      )}
      {(['unit', 'person'] as const).map((about) => {
        const own = lines.filter((line) => line.about === about);
        return (
          own.length > 0 && (
            <section key={about} aria-label={t(`about.${about}`)}>
              <h3>
                {t(`about.${about}`)} <small className="muted">{own.length}</small>
              </h3>
              <ul>
                {own.map((line) => (
                  <DifferenceLine
                    key={line.id}
                    line={line}
                    taken={taken.has(line.id)}
                    locked={isDone}
                    onTake={(take) => {
                      const next = new Set(taken);
                      if (take) next.add(line.id);
                      else next.delete(line.id);
                      setTaken(next);
                    }}
                  />
                ))}
              </ul>
            </section>
          )
        );
      })}
      {sync.conflicts.length > 0 && (
        <section aria-label={t('conflicts')}>
          <h3>{t('conflicts')}</h3>
          <ul>
            {sync.conflicts.map((conflict, index) => (
              <li key={index} className={css.warn}>
                <strong>{conflict.name}</strong> {conflict.message}
              </li>
            ))}
          </ul>
        </section>
      )}
      {sync.result && sync.result.left_out.length > 0 && (
        <ul className={css.bad}>
          {sync.result.left_out.map((one) => (
            <li key={one.key}>
              <strong>{one.name}</strong> {one.message}
            </li>
          ))}
        </ul>
      )}
      {!isDone && (
        <div className={css.footer}>
          {adds && (
            <Select
              aria-label={t('role')}
              style={{ minWidth: 180 }}
              placeholder={t('role')}
              value={role || undefined}
              options={roles.map((one) => ({ value: one.key, label: name(one.name) }))}
              onChange={setRole}
            />
          )}
          <Button
            type="primary"
            loading={apply.isPending}
            disabled={taken.size === 0}
            onClick={() => {
              apply.mutate(choiceOf(lines, taken, role), {
                onSuccess: () => { say('ok', t('applied')); },
                onError: (error) => { say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' })); },
              });
            }}
          >
            {t('apply', { count: taken.size })}
          </Button>
        </div>
      )}
    </div>
  );
}
