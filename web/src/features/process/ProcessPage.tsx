import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { RuleGroup } from '@/features/fields/conditions';
import { useConditionWords } from '@/features/fields/conditionWords';
import { useAddress } from '@/features/records/address';
import { useType } from '@/features/records/meta';
import { Empty, Faces } from '@/ui/faces';
import { dateTime } from '@/ui/format';
import { useName } from '@/ui/names';
import { definitionOf, type Definition, type GateItem, type Stage } from './definition';
import { useProcesses, useProcessVersion } from './definitions';
import { useFactFields } from './factFields';
import css from './pages.module.css';

type Conditions = (group: RuleGroup | null) => string;
type NamesProps = { title: string; items: (GateItem | { key: string; name: GateItem['name'] })[]; conditions?: Conditions };

function Names({ title, items, conditions }: NamesProps) {
  const { t } = useTranslation('process');
  const name = useName();
  if (items.length === 0) return null;
  return (
    <div>
      <h4>{title}</h4>
      <ul>
        {items.map((item) => (
          <li key={item.key}>
            {name(item.name)}
            {'why' in item && item.why && <span className="muted"> — {name(item.why)}</span>}
            {'applies_when' in item && item.applies_when && conditions && (
              <span className="muted"> · {t('viewer.onlyWhere', { condition: conditions(item.applies_when) })}</span>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

type StageProps = { stage: Stage; version: Definition; standing: number; conditions: Conditions };

function StageCard({ stage, version, standing, conditions }: StageProps) {
  const { t } = useTranslation('process');
  const name = useName();
  const moves = version.moves.filter((move) => move.from === stage.key);
  const nameOf = (key: string) => name(version.stages.find((one) => one.key === key)?.name);
  return (
    <li className={css.stage} data-kind={stage.kind}>
      <header>
        <h3>{name(stage.name)}</h3>
        {stage.probability !== undefined && <span className="muted">{t('viewer.probability', { value: stage.probability })}</span>}
        {stage.expected_days !== undefined && <span className="muted">{t('viewer.expected', { count: stage.expected_days })}</span>}
        <span className="grow" />
        <span className="muted">{t('viewer.standing', { count: standing })}</span>
      </header>
      {stage.guidance && <p>{name(stage.guidance)}</p>}
      <div className={css.gates}>
        <Names title={t('viewer.entry')} items={stage.entry} conditions={conditions} />
        <Names title={t('viewer.exit')} items={stage.exit} conditions={conditions} />
        <Names title={t('viewer.checklist')} items={stage.checklist} />
        <Names title={t('viewer.waitingReasons')} items={stage.waiting_reasons} />
        <Names title={t('viewer.outcomeReasons')} items={stage.outcome_reasons} />
      </div>
      {stage.exception_flow && (
        <p>
          {t('viewer.exceptions')} <Link to={`/admin/flows/${stage.exception_flow}`}>{t('viewer.exceptionFlow')}</Link>
        </p>
      )}
      {moves.length > 0 && (
        <div className={css.moves} aria-label={t('viewer.moves')} role="group">
          {moves.map((move) => (
            <span key={move.to}>
              {t(`moveVerb.${move.kind}`, { stage: nameOf(move.to) })}
              {move.needs_reason && ` · ${t('viewer.needsReason')}`}
            </span>
          ))}
        </div>
      )}
    </li>
  );
}

/** Published processes as they are: versions, stages, gates and moves; nothing is changed here. */
export default function ProcessPage() {
  const { t } = useTranslation('process');
  const name = useName();
  const address = useAddress();
  const processes = useProcesses();
  const first = processes.data?.[0];
  const key = address.get('process') || first?.key;
  const chosen = processes.data?.find((one) => one.key === key) ?? first;
  const published = chosen?.versions.find((version) => version.state === 'current') ?? chosen?.versions[0];
  const number = Number(address.get('version')) || published?.number;
  const version = useProcessVersion(chosen?.key, number);
  const conditions = useConditionWords(useFactFields(useType(chosen?.record_type ?? '')));
  return (
    <div className={css.page}>
      <h1 className={css.title}>{t('viewer.title')}</h1>
      <Faces query={processes} isEmpty={(list) => list.length === 0} empty={<Empty title={t('viewer.empty')} />}>
        {(list) => (
          <div className={css.layout}>
            <nav className={css.panel} aria-label={t('viewer.versions')}>
              {list.map((process) => (
                <div key={process.key} className={css.process}>
                  <h3>{name(process.name)}</h3>
                  <div className={css.versions}>
                    {process.versions.map((one) => (
                      <button
                        key={one.number}
                        type="button"
                        className={css.version}
                        aria-current={process.key === chosen?.key && one.number === number ? 'true' : undefined}
                        onClick={() => {
                          address.set({ process: process.key, version: String(one.number) });
                        }}
                      >
                        <span>
                          {t('viewer.version', { number: one.number })} · {t(`viewer.state.${one.state}`)}
                        </span>
                        <small>
                          {t('viewer.running', { count: one.running })}
                          {one.published_at && ` · ${dateTime(one.published_at)}`}
                        </small>
                      </button>
                    ))}
                  </div>
                </div>
              ))}
            </nav>
            <section className={css.panel} aria-label={t('viewer.stages')}>
              <Faces query={version} rows={10}>
                {(data) => (
                  <ol className={css.stages}>
                    {definitionOf(data).stages.map((stage) => (
                      <StageCard
                        key={stage.key}
                        stage={stage}
                        version={definitionOf(data)}
                        standing={data.standing[stage.key] ?? 0}
                        conditions={conditions}
                      />
                    ))}
                  </ol>
                )}
              </Faces>
            </section>
          </div>
        )}
      </Faces>
    </div>
  );
}
