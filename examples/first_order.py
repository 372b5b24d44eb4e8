#!/usr/bin/env python3
"""From browsing to a paid order, over the Storefront API of the store that `./mcom up` opened.

    python3 examples/first_order.py [CARD_NUMBER]

Card numbers and what they do: `./mcom bogus --help`. Python's standard library is all it needs.
"""
import json, pathlib, sys, time, urllib.request, uuid

DEMO = json.loads((pathlib.Path(__file__).parent.parent / ".mcom/demo.json").read_text())
CARD = sys.argv[1] if len(sys.argv) > 1 else "4242424242424242"
HOME = {"firstName": "Ada", "lastName": "Lovelace", "address1": "Weg 1", "city": "Berlin", "zip": "10115"}


def post(url, body, headers={}):
    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json", **headers})
    return json.load(urllib.request.urlopen(request))


def storefront(query, **variables):
    token = {"X-Shopify-Storefront-Access-Token": DEMO["storefront"]["token"]}
    answer = post(DEMO["storefront"]["url"], {"query": query, "variables": variables}, token)
    if answer.get("errors"):
        sys.exit(json.dumps(answer["errors"], indent=2))
    result = next(iter(answer["data"].values()))
    if isinstance(result, dict) and result.get("userErrors"):
        sys.exit(json.dumps(result["userErrors"], indent=2))
    return result


# What is there to buy?
products = storefront("""{ products(first: 10) { nodes { title availableForSale
  variants(first: 1) { nodes { id title price { amount currencyCode } } } } } }""")
product = next(p for p in products["nodes"] if p["availableForSale"])
variant = product["variants"]["nodes"][0]
print(f"buying   {product['title']}, {variant['title']}, {variant['price']['amount']} {variant['price']['currencyCode']}")

# A cart with one line, an address, and the first way of delivery.
cart = storefront("mutation ($input: CartInput!) { cartCreate(input: $input) { cart { id } userErrors { field message } } }",
    input={"lines": [{"merchandiseId": variant["id"], "quantity": 1}], "buyerIdentity": {"email": "ada@example.com"}})["cart"]["id"]
group = storefront("""mutation ($cart: ID!, $addresses: [CartSelectableAddressInput!]!) {
  cartDeliveryAddressesAdd(cartId: $cart, addresses: $addresses) { userErrors { field message }
    cart { deliveryGroups(first: 1) { nodes { id deliveryOptions { handle title estimatedCost { amount } } } } } } }""",
    cart=cart, addresses=[{"selected": True, "address": {"deliveryAddress": {**HOME, "countryCode": "DE"}}}],
)["cart"]["deliveryGroups"]["nodes"][0]
option = group["deliveryOptions"][0]
total = storefront("""mutation ($cart: ID!, $options: [CartSelectedDeliveryOptionInput!]!) {
  cartSelectedDeliveryOptionsUpdate(cartId: $cart, selectedDeliveryOptions: $options) { userErrors { field message }
    cart { cost { totalAmount { amount currencyCode } } } } }""",
    cart=cart, options=[{"deliveryGroupId": group["id"], "deliveryOptionHandle": option["handle"]}])["cart"]["cost"]["totalAmount"]
print(f"delivery {option['title']}, {option['estimatedCost']['amount']}; to pay: {total['amount']} {total['currencyCode']}")

# The card goes to the payment provider, never to the store: the store gets a session.
vault = storefront("{ shop { paymentSettings { cardVaultUrl } } }")["paymentSettings"]["cardVaultUrl"]
session = post(vault, {"credit_card": {"number": CARD, "first_name": "Ada", "last_name": "Lovelace", "month": 12, "year": 2030,
                                       "verification_value": "123"}})["id"]
storefront("""mutation ($cart: ID!, $payment: CartPaymentInput!) {
  cartPaymentUpdate(cartId: $cart, payment: $payment) { userErrors { field message } } }""",
    cart=cart, payment={"amount": total, "directPaymentMethod": {"sessionId": session, "billingAddress": {**HOME, "country": "Germany"}}})

# The attempt's token makes it one attempt, however often it is sent.
submitted = storefront("""mutation ($cart: ID!, $token: String!) { cartSubmitForCompletion(cartId: $cart, attemptToken: $token) {
  userErrors { field message } result { __typename ... on SubmitSuccess { attemptId } ... on SubmitFailed { errors { code message } } } } }""",
    cart=cart, token=str(uuid.uuid4()))["result"]
if submitted["__typename"] != "SubmitSuccess":
    sys.exit(json.dumps(submitted, indent=2))
while True:
    attempt = storefront("""query ($attempt: String!) { cartCompletionAttempt(attemptId: $attempt) { __typename
      ... on CartCompletionSuccess { orderId } ... on CartCompletionFailed { errors { code message } } } }""", attempt=submitted["attemptId"])
    if attempt["__typename"] != "CartCompletionProcessing":
        break
    time.sleep(0.5)
print("answer  ", json.dumps(attempt))
