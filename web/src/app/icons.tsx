import {
  AimOutlined,
  AppstoreOutlined,
  BankOutlined,
  ContactsOutlined,
  FileTextOutlined,
  FundOutlined,
  ToolOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';

const icons: Record<string, ReactNode> = {
  lead: <AimOutlined />,
  customer: <BankOutlined />,
  contact: <ContactsOutlined />,
  deal: <FundOutlined />,
  product: <AppstoreOutlined />,
  tool: <ToolOutlined />,
  repair: <ToolOutlined />,
  wrench: <ToolOutlined />,
};

/** The picture of a record type; types made by users share one. */
export function typeIcon(icon: string, key: string): ReactNode {
  return icons[key] ?? icons[icon] ?? <FileTextOutlined />;
}
