import { FlagOutlined, LoginOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { useName } from '@/ui/names';
import { AddStep } from './AddStep';
import type { Branch, Step } from './definition';
import { useEditing } from './editing';
import css from './Flow.module.css';
import { StepCard, StepFaults } from './StepCard';
import { isClosed, sideOf, sides } from './steps';

function StepList({ steps, list }: { steps: Step[]; list: string }) {
  return (
    <ol className={css.list}>
      <li className={css.gap}>
        <AddStep slot={{ list, index: 0 }} />
      </li>
      {steps.map((step, index) => {
        const isLast = index === steps.length - 1;
        const ends = step.kind === 'end' || step.kind === 'hand_over' || (step.kind === 'branch' && isClosed([step]));
        return (
          <li key={step.key} className={css.item}>
            {step.kind === 'branch' ? <Fork branch={step} /> : <StepCard step={step} />}
            {ends && isLast ? <span className={css.stop} /> : <AddStep slot={{ list, index: index + 1 }} />}
          </li>
        );
      })}
    </ol>
  );
}

function Fork({ branch }: { branch: Branch }) {
  const { t } = useTranslation('nurture');
  return (
    <div className={css.fork}>
      <StepCard step={branch} />
      <div className={css.ways}>
        {sides.map((side) => (
          <section key={side} className={css.column} data-side={side} data-closed={isClosed(branch[side]) || undefined} aria-label={t(`side.${side}`)}>
            <span className={css.way}>{t(`side.${side}`)}</span>
            <StepList steps={branch[side]} list={sideOf(branch.key, side)} />
            {!isClosed(branch[side]) && <span className={css.tail} />}
          </section>
        ))}
      </div>
    </div>
  );
}

function Start() {
  const { t } = useTranslation('nurture');
  const { act, words, faults, opened } = useEditing();
  const inside = (
    <>
      <span className={css.head} data-kind="start">
        <LoginOutlined aria-hidden /> {t('start.title')}
      </span>
      <span className={css.text}>{words.get('start')}</span>
    </>
  );
  return (
    <article className={css.card} aria-label={t('start.title')} data-opened={opened === 'starts' || undefined} data-faulty={faults.has('starts') || undefined}>
      {act ? (
        <button type="button" className={css.body} onClick={() => { act.open('starts'); }}>
          {inside}
        </button>
      ) : (
        <div className={css.body}>{inside}</div>
      )}
      <StepFaults of="starts" />
    </article>
  );
}

/** A whole path from its start to its end, read from top to bottom. */
export function Flow() {
  const { t } = useTranslation('nurture');
  const name = useName();
  const { definition } = useEditing();
  const { steps } = definition;
  return (
    <div className={css.tree} role="group" aria-label={name(definition.name)}>
      <Start />
      <StepList steps={steps} list="" />
      {!isClosed(steps) && (
        <div className={css.end}>
          <FlagOutlined aria-hidden /> {t('editor.done')}
        </div>
      )}
    </div>
  );
}
