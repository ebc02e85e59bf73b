import { BranchesOutlined, ClockCircleOutlined, FlagOutlined, MailOutlined, MessageOutlined, StarOutlined, UserSwitchOutlined, WechatWorkOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import type { Kind } from './newSteps';

const icons: Record<Kind, ReactNode> = {
  wait: <ClockCircleOutlined aria-hidden />,
  branch: <BranchesOutlined aria-hidden />,
  mail: <MailOutlined aria-hidden />,
  sms: <MessageOutlined aria-hidden />,
  wecom: <WechatWorkOutlined aria-hidden />,
  score: <StarOutlined aria-hidden />,
  hand_over: <UserSwitchOutlined aria-hidden />,
  end: <FlagOutlined aria-hidden />,
};

/** The picture of a kind of step. */
export function kindIcon(kind: Kind): ReactNode {
  return icons[kind];
}
