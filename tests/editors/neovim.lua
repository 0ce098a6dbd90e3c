-- Run by tests/editors.rs, read with -S because -l came with Neovim 0.9 only. Opens an article with
-- a wrong figure, waits for the diagnostics, asks for hover, definition and the quick fix, applies it,
-- and waits for the diagnostics to go. What fails is told on standard error, with exit status 1.

local function check(condition, what)
  if not condition then
    io.stderr:write("neovim: " .. what .. "\n")
    vim.cmd("cquit 1")
  end
end

local function main()
  local buffer = vim.api.nvim_get_current_buf()
  local client = vim.lsp.start_client({
    name = "factlint",
    cmd = { vim.env.FACTLINT, "lsp" },
    root_dir = vim.fn.getcwd(),
  })
  check(client, "the server did not start")
  vim.lsp.buf_attach_client(buffer, client)

  local function diagnostics(count)
    vim.wait(20000, function()
      return #vim.diagnostic.get(buffer) == count
    end, 20)
    local found = vim.diagnostic.get(buffer)
    check(#found == count, "expected " .. count .. " diagnostics: " .. vim.inspect(found))
    return found
  end

  local found = diagnostics(1)[1]
  local line = vim.api.nvim_buf_get_lines(buffer, found.lnum, found.lnum + 1, false)[1]
  check(line:sub(found.col + 1, found.end_col) == "537 km", "wrong words: " .. vim.inspect(found))
  check(found.severity == vim.diagnostic.severity.ERROR, "wrong severity")
  check(found.source == "factlint", "wrong source")
  check(found.message:find("573 km", 1, true), "wrong message: " .. found.message)

  local function ask(method, params)
    local answers = vim.lsp.buf_request_sync(buffer, method, params, 20000)
    local answer = answers and answers[client]
    check(answer and not answer.err and answer.result, method .. ": " .. vim.inspect(answers))
    return answer.result
  end

  vim.api.nvim_win_set_cursor(0, { found.lnum + 1, found.col + 1 })
  local here = vim.lsp.util.make_position_params(0, "utf-16")
  local hover = ask("textDocument/hover", here)
  check(hover.contents.value:find("573 km", 1, true), "wrong hover: " .. vim.inspect(hover))
  local places = ask("textDocument/definition", here)
  local uri = places[1].targetUri or places[1].uri
  check(uri:find("report.md", 1, true), "wrong definition: " .. vim.inspect(places))

  local range = vim.lsp.util.make_range_params(0, "utf-16")
  range.context = { diagnostics = {} }
  local actions = ask("textDocument/codeAction", range)
  check(actions[1].kind == "quickfix", "no quick fix: " .. vim.inspect(actions))
  vim.lsp.util.apply_workspace_edit(actions[1].edit, "utf-16")
  diagnostics(0)
  local fixed = vim.api.nvim_buf_get_lines(buffer, found.lnum, found.lnum + 1, false)[1]
  check(fixed == line:gsub("537", "573"), "wrong fix: " .. fixed)

  -- What is typed is followed too.
  vim.api.nvim_buf_set_text(buffer, found.lnum, found.col, found.lnum, found.col + 3, { "735" })
  diagnostics(1)

  vim.lsp.stop_client(client)
  vim.wait(5000, function()
    return vim.lsp.client_is_stopped(client)
  end, 20)
end

local done, trouble = pcall(main)
check(done, tostring(trouble))
io.stdout:write("neovim: diagnostics, hover, definition and fix work\n")
vim.cmd("qall!")
