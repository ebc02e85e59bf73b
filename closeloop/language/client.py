"""Asking a provider that speaks OpenAI's chat interface; loaded only when something is asked.

The answer is wanted as JSON by words in the prompt (prompted output): some providers refuse
`json_schema`, some put JSON into a fence. An answer that does not fit is asked for once more.
"""

from dataclasses import dataclass
from typing import Generic, TypeVar

from openai import AsyncOpenAI
from pydantic import BaseModel
from pydantic_ai import Agent, PromptedOutput
from pydantic_ai.exceptions import (
    AgentRunError,
    ModelHTTPError,
    ModelRequestTimeout,
    ModelTimeoutError,
    UnexpectedModelBehavior,
)
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.providers.openai import OpenAIProvider

from closeloop.language.models import Outcome

Output = TypeVar("Output", bound=BaseModel)
TOO_MANY = 429


@dataclass(frozen=True)
class Reach:
    """Where the model is and how long it may think."""

    base_url: str
    model: str
    key: str
    timeout_s: float


@dataclass(frozen=True)
class Reply(Generic[Output]):
    """What came back: an output, or how it failed; what it cost."""

    outcome: str
    output: Output | None = None
    error: str = ""
    tokens_in: int = 0
    tokens_out: int = 0


def ask(reach: Reach, *, instructions: str, text: str, output: type[Output]) -> Reply[Output]:
    """Ask once, and once more where the answer does not fit; never raises."""
    client = AsyncOpenAI(
        base_url=reach.base_url, api_key=reach.key, timeout=reach.timeout_s, max_retries=0
    )
    model = OpenAIChatModel(reach.model, provider=OpenAIProvider(openai_client=client))
    agent = Agent(model, output_type=PromptedOutput(output), instructions=instructions, retries=1)
    try:
        result = agent.run_sync(text)
    except (ModelTimeoutError, ModelRequestTimeout) as error:
        return Reply(Outcome.LATE, error=str(error)[:500])
    except ModelHTTPError as error:
        outcome = Outcome.BUSY if error.status_code == TOO_MANY else Outcome.REFUSED
        return Reply(outcome, error=f"HTTP {error.status_code}")
    except UnexpectedModelBehavior as error:
        return Reply(Outcome.INVALID, error=str(error)[:500])
    except AgentRunError as error:
        late = "timed out" in str(error).lower()
        return Reply(Outcome.LATE if late else Outcome.REFUSED, error=str(error)[:500])
    usage = result.usage
    return Reply(
        Outcome.ANSWERED,
        result.output,
        tokens_in=usage.input_tokens,
        tokens_out=usage.output_tokens,
    )
