import { Button, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import type { NurtureCatalogue } from '@/api/types';
import css from '@/features/nurture/Nurture.module.css';
import { renamed } from '@/features/routing/definition';
import { Sheet } from '@/ui/Sheet';
import type { Step } from './definition';
import { kindOf } from './newSteps';
import { useStepName } from './StepCard';
import { BranchFields, HandOverFields, ScoreFields, SendFields, WaitFields } from './StepFields';

type Props = {
  step: Step;
  steps: Step[];
  faults: string[];
  catalogue: NurtureCatalogue;
  onChange: (part: object) => void;
  onRemove: () => void;
  onClose: () => void;
};

/** What one step does; every change is kept at once and can be taken back. */
export default function StepSheet({ step, steps, faults, catalogue, onChange, onRemove, onClose }: Props) {
  const { t, i18n } = useTranslation('nurture');
  const nameOf = useStepName();
  const language = i18n.language === 'en-US' ? 'en-US' : 'zh-CN';
  return (
    <Sheet
      size={step.kind === 'branch' || step.kind === 'send' ? 720 : 520}
      title={nameOf(step)}
      onClose={onClose}
      footer={
        <div className={css.footer}>
          <Button danger onClick={onRemove}>
            {t('remove', { ns: 'ui' })}
          </Button>
          <span className="grow" />
          <Button type="primary" onClick={onClose}>
            {t('editor.ready')}
          </Button>
        </div>
      }
    >
      <div className={css.form}>
        {faults.length > 0 && (
          <ul className={css.faults}>
            {faults.map((fault) => (
              <li key={fault}>{fault}</li>
            ))}
          </ul>
        )}
        {step.kind === 'wait' && <WaitFields step={step} onChange={onChange} />}
        {step.kind === 'branch' && <BranchFields step={step} steps={steps} catalogue={catalogue} onChange={onChange} />}
        {step.kind === 'send' && <SendFields step={step} catalogue={catalogue} onChange={onChange} />}
        {step.kind === 'score' && <ScoreFields step={step} onChange={onChange} />}
        {step.kind === 'hand_over' && <HandOverFields step={step} catalogue={catalogue} onChange={onChange} />}
        {step.kind === 'end' && <p className="muted">{t('end.hint')}</p>}
        <label>
          <span>{t('editor.stepName')}</span>
          <Input
            maxLength={60}
            placeholder={t(`kind.${kindOf(step)}`)}
            value={step.name?.[language] ?? ''}
            onChange={(event) => {
              const name = renamed(step.name ?? {}, language, event.target.value);
              onChange({ name: name['zh-CN'] || name['en-US'] ? name : undefined });
            }}
          />
        </label>
      </div>
    </Sheet>
  );
}
