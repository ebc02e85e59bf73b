import { Button, Checkbox, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { problemOf } from '@/api/problem';
import type { LearnedChange, LearnedSettings, ModelRow } from '@/api/types';
import { useRoles } from '@/features/org/admin';
import { Empty, Faces } from '@/ui/faces';
import { dateTime, listed, number } from '@/ui/format';
import { useName } from '@/ui/names';
import { useToast } from '@/ui/toast';
import css from './Scoring.module.css';
import { useChangeLearned, useLearned, useTrain } from './scorecards';

const figures = ['auc', 'lift_20', 'brier', 'calibration_error'] as const;

function Model({ model }: { model: ModelRow }) {
  const { t } = useTranslation('scoring');
  return (
    <article className={css.panel} aria-label={t('learned.model', { number: model.number })}>
      <header className={css.head}>
        <h3>{t('learned.model', { number: model.number })}</h3>
        {model.is_current && <span className={css.current}>{t('current')}</span>}
        <span>{t('learned.foretells', { outcome: model.outcome })}</span>
        <span className="muted">{t('learned.trained', { at: dateTime(model.trained_at), rows: number(model.rows), won: number(model.positives) })}</span>
      </header>
      <p className="muted">{t('learned.span', { since: dateTime(model.since), until: dateTime(model.until) })}</p>
      <dl className={css.figures}>
        {figures.map((key) => (
          <div key={key}>
            <dt>{t(`learned.figures.${key}`)}</dt>
            <dd className="num">{model.figures[key]}</dd>
          </div>
        ))}
      </dl>
      <details>
        <summary>{t('learned.calibration')}</summary>
        <table className={css.bands}>
          <thead>
            <tr>
              {(['foretold', 'came', 'count'] as const).map((key) => (
                <th key={key} scope="col">
                  {t(`learned.bins.${key}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {model.figures.calibration.map((bin, place) => (
              <tr key={place}>
                <td className="num">{Math.round(bin.foretold * 100)} %</td>
                <td className="num">{Math.round(bin.came * 100)} %</td>
                <td className="num">{number(bin.count)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p className="muted">{t('learned.columns', { names: listed(model.columns) })}</p>
      </details>
      {model.left_out.length > 0 && <p className="muted">{t('learned.leftOut', { names: listed(model.left_out) })}</p>}
    </article>
  );
}

function Settings({ cardKey, settings }: { cardKey: string; settings: LearnedSettings }) {
  const { t } = useTranslation('scoring');
  const name = useName();
  const say = useToast();
  const roles = useRoles();
  const change = useChangeLearned(cardKey);
  const train = useTrain(cardKey);
  const refused = (error: unknown) => {
    say('bad', problemOf(error)?.message ?? t('failed', { ns: 'ui' }));
  };
  const set = (given: LearnedChange) => {
    change.mutate(given, { onError: refused });
  };
  const excluded = settings.columns.filter((column) => column.is_excluded && !column.is_outcome).map((column) => column.key);
  const told = settings.columns.filter((column) => column.is_outcome).map((column) => name(column.name));
  const { rows, positives, needed, needed_of_each: each } = settings.history;
  return (
    <section className={css.panel} aria-labelledby="release">
      <h2 id="release">{t('learned.release')}</h2>
      <p className="muted">{t('learned.hint')}</p>
      <Radio.Group
        aria-labelledby="release"
        value={settings.state}
        options={(['off', 'roles', 'on'] as const).map((key) => ({ value: key, label: t(`learned.states.${key}`) }))}
        onChange={(event) => { set({ state: event.target.value as LearnedSettings['state'] }); }}
      />
      {settings.state === 'roles' && (
        <label className={css.field}>
          {t('learned.roles')}
          <Select
            mode="multiple"
            aria-label={t('learned.roles')}
            value={settings.roles}
            options={(roles.data ?? []).map((role) => ({ value: role.key, label: name(role.name) }))}
            onChange={(keys) => { set({ roles: keys }); }}
          />
        </label>
      )}
      <label className={css.field}>
        {t('learned.outcome')}
        <Select
          aria-label={t('learned.outcome')}
          value={settings.outcome}
          options={settings.outcomes.map((one) => ({ value: one.key, label: name(one.name) }))}
          onChange={(outcome) => { set({ outcome }); }}
        />
      </label>
      <p className="muted">{t('learned.outcomeHint')}</p>
      <p>{t('learned.history', { rows: number(rows), won: number(positives), needed: number(needed), each: number(each) })}</p>
      {!settings.is_installed && <p className={css.faulty}>{t('learned.missing')}</p>}
      <div className={css.actions}>
        <Button
          type="primary"
          loading={train.isPending}
          disabled={!settings.is_installed}
          onClick={() => {
            train.mutate(undefined, {
              onSuccess: () => {
                say('ok', t('learned.started'));
              },
              onError: refused,
            });
          }}
        >
          {t('learned.train')}
        </Button>
      </div>
      <details>
        <summary>{t('learned.looksAt')}</summary>
        <p className="muted">{t('learned.looksAtHint')}</p>
        {told.length > 0 && <p className="muted">{t('learned.leftOut', { names: listed(told) })}</p>}
        <Checkbox.Group
          value={settings.columns.filter((column) => !column.is_excluded).map((column) => column.key)}
          options={settings.columns.filter((column) => !column.is_outcome).map((column) => ({ value: column.key, label: name(column.name) }))}
          onChange={(kept) => {
            const all = settings.columns.filter((column) => !column.is_outcome).map((column) => column.key);
            const next = all.filter((key) => !kept.includes(key));
            if (next.join() !== excluded.join()) set({ excluded: next });
          }}
        />
      </details>
    </section>
  );
}

/** The learned score beside the rules: who sees it, from what it learns, how good its models were. */
export default function LearnedPanel({ cardKey }: { cardKey: string }) {
  const { t } = useTranslation('scoring');
  const learned = useLearned(cardKey);
  return (
    <Faces query={learned} rows={8}>
      {(settings) => (
        <div className={css.form}>
          <Settings cardKey={cardKey} settings={settings} />
          {settings.models.length === 0 && <Empty title={t('learned.none')} hint={t('learned.noneHint')} />}
          {settings.models.map((model) => (
            <Model key={model.number} model={model} />
          ))}
        </div>
      )}
    </Faces>
  );
}
